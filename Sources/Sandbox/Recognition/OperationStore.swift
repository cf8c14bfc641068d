import Foundation

/// The operations, each in a file of its own, and the list of what was accepted.
actor OperationStore {
  private let folder: StateFolder
  private var operations: [String: Operation] = [:]

  /// One JSON object a line for every recognition that was accepted: what the service would bill.
  static let submissionsFile = "submissions.jsonl"

  /// Reads what an earlier run left.
  init(folder: StateFolder) throws {
    self.folder = folder
    for name in folder.names(in: "operations") where name.hasSuffix(".json") {
      if let operation = try folder.load(Operation.self, from: "operations/" + name) {
        operations[operation.id] = operation
      }
    }
  }

  /// The operation of that id; nil if there is none.
  func operation(_ id: String) -> Operation? { operations[id] }

  /// The ids of operations that an earlier run did not finish, oldest first.
  var unfinished: [String] {
    operations.values.filter { !$0.done }.sorted { $0.createdAt < $1.createdAt }.map(\.id)
  }

  /// Takes a new operation, and counts it.
  func accept(_ operation: Operation) throws {
    try save(operation)
    let source: JSON =
      switch operation.audio {
      case .uri(let uri): .string(uri)
      case .inline: .null
      }
    let line = JSON.object([
      "operationId": .string(operation.id), "time": .string(operation.createdAt.formatted(.iso8601)), "uri": source,
      "clientRequestId": operation.clientRequestID.map(JSON.string) ?? .null,
    ])
    try append(line.data + Data("\n".utf8))
  }

  /// Ends an operation, unless it has ended; true if this ended it.
  func finish(_ id: String, error: ServiceError?) throws -> Bool {
    guard var operation = operations[id], !operation.done else { return false }
    operation.done = true
    operation.error = error
    operation.modifiedAt = .now
    try save(operation)
    return true
  }

  private func save(_ operation: Operation) throws {
    try folder.save(operation, as: "operations/\(operation.id).json")
    operations[operation.id] = operation
  }

  private func append(_ line: Data) throws {
    let path = folder.file(Self.submissionsFile)
    if !FileManager.default.fileExists(atPath: path) { try folder.save(Data(), as: Self.submissionsFile) }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: line)
  }
}
