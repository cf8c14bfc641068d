import Foundation

/// The files of `fixtures`, and what its list promises of them.
struct Fixture: CustomStringConvertible, Sendable {
  /// The file's path below `fixtures`.
  var name: String
  /// The findings in the profile `wave`, each as `id@offset:severity`, sorted.
  var findings: [String]

  var description: String { name }
  var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: Fixture.folder.appending(path: name))) } }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = root.appending(path: "fixtures")

  /// All damaged files. An unreadable list gives none, which a test notices.
  static let damaged: [Fixture] = {
    let list = (try? String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)) ?? ""
    return list.split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 5, columns[0].hasPrefix("damaged/") else { return nil }
      return Fixture(name: columns[0], findings: columns[4].split(separator: " ").map(String.init))
    }
  }()
}

/// What a program printed.
struct ProgramError: Error {
  var command: String
  var status: Int32
}

/// Runs an installed program and returns its standard output.
func run(_ command: String...) throws -> String { try run(command) }

/// Runs an installed program and returns its standard output.
func run(_ command: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ProgramError(command: command.joined(separator: " "), status: process.terminationStatus)
  }
  return String(decoding: data, as: UTF8.self)
}

/// Runs `body` with a folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "wavprep-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
