import Foundation

/// The folder in which the sandbox keeps everything, so that it goes on after a restart.
struct StateFolder: Sendable {
  let path: String

  /// Makes the folder and its parts where they are missing.
  init(_ path: String) throws {
    self.path = path
    for part in ["", "objects", "inline", "operations", "results", "work"] {
      try FileManager.default.createDirectory(
        atPath: path + "/" + part, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
  }

  /// The file of that name.
  func file(_ name: String) -> String { path + "/" + name }

  /// Reads a file of JSON; nil if there is none.
  func load<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value? {
    guard let data = FileManager.default.contents(atPath: file(name)) else { return nil }
    return try JSONDecoder().decode(type, from: data)
  }

  /// Writes a file of JSON, whole or not at all, readable by its owner only.
  func save(_ value: some Encodable, as name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    try save(encoder.encode(value), as: name)
  }

  /// Writes a file, whole or not at all, readable by its owner only.
  func save(_ data: Data, as name: String) throws {
    try data.write(to: URL(fileURLWithPath: file(name)), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(name))
  }

  /// Removes a file if it is there.
  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: file(name))
  }

  /// The names of the files in a part of the folder.
  func names(in part: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: file(part)))?.sorted() ?? []
  }
}
