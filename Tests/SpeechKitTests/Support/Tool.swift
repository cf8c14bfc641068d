import Foundation

/// Runs a program that the tests compare with; a missing one fails the test.
enum Tool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program's standard output; anything but exit code 0 throws what it wrote to standard error.
  static func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input))
    try standardInput.fileHandleForWriting.close()
    let result = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        description: "\(arguments): exit \(process.terminationStatus), \(String(decoding: complaint, as: UTF8.self))")
    }
    return Array(result)
  }

  /// The interpreter that has botocore and cryptography.
  static let python = ProcessInfo.processInfo.environment["WAVPREP_PYTHON"] ?? "python3"

  /// Runs a Python script of the tests' own.
  static func python(_ script: String, _ arguments: [String] = [], input: [UInt8] = []) throws -> String {
    String(decoding: try run([Self.python, "-c", script] + arguments, input: input), as: UTF8.self)
  }
}

/// A folder that goes away with its test.
struct TemporaryFolder: ~Copyable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "wavprep-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file into the folder and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }
}
