import Foundation
import Testing

/// What a program did.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of standard output as JSON objects.
  func jsonLines() throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(object as? [String: Any], "not a JSON object: \(line)")
    }
  }
}

/// Programs as processes, the way users run them.
enum Program {
  /// The repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the built programs: `WAVPREP_BIN`, else where the tests themselves were built.
  static let folder: URL = {
    if let folder = ProcessInfo.processInfo.environment["WAVPREP_BIN"] { return URL(filePath: folder) }
    return root.appending(path: ".build/debug")
  }()

  /// A fixture's path.
  static func fixture(_ name: String) -> String { root.appending(path: "fixtures/" + name).path }

  /// Variables of this process without any that point at a service.
  static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !["WAVPREP_", "YC_", "AWS_"].contains { name.hasPrefix($0) } && !["API_KEY", "IAM_TOKEN"].contains(name)
  }

  /// Runs `wavprep` to its end.
  static func wavprep(
    _ arguments: [String], environment: [String: String] = [:], input: Data? = nil, folder current: URL? = nil
  ) async throws -> Outcome {
    try await run(
      folder.appending(path: "wavprep").path, arguments, environment: environment, input: input, folder: current)
  }

  /// Runs an installed program to its end; a missing one fails the test.
  static func tool(_ arguments: [String]) async throws -> Outcome {
    try await run("/usr/bin/env", arguments)
  }

  /// A process that is ready to be started.
  static func process(_ path: String, _ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = self.environment.merging(environment) { _, new in new }
    return process
  }

  private static func run(
    _ path: String, _ arguments: [String], environment: [String: String] = [:], input: Data? = nil,
    folder: URL? = nil
  ) async throws -> Outcome {
    let process = process(path, arguments, environment: environment)
    if let folder { process.currentDirectoryURL = folder }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    let stdin = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : stdin
    try process.run()
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        do {
          if let input {
            try stdin.fileHandleForWriting.write(contentsOf: input)
            try stdin.fileHandleForWriting.close()
          }
          continuation.resume(returning: try finish(process, output, errors))
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// Returns once a process handles SIGINT by itself, which it says in `/proc`: before, the signal would just kill it.
  static func untilSignalsAreWatched(by process: Process) async throws {
    let interrupt: UInt64 = 1 << (UInt64(SIGINT) - 1)
    while process.isRunning {
      let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let mask = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.dropFirst(8)
      // Before it is the program at all, it is a copy of this process, with this process's handlers.
      let isStarted = ["wavprep", "wavprep-service"].contains { status.hasPrefix("Name:\t\($0)\n") }
      if isStarted, let mask, let caught = UInt64(mask, radix: 16), caught & interrupt != 0 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Reads both streams to their ends, standard error beside standard output so that neither fills up.
  static func finish(_ process: Process, _ output: Pipe, _ errors: Pipe) throws -> Outcome {
    let complaint = DispatchGroup()
    nonisolated(unsafe) var errorData = Data()
    DispatchQueue.global().async(group: complaint) {
      errorData = errors.fileHandleForReading.readDataToEndOfFile()
    }
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    complaint.wait()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
      errors: String(decoding: errorData, as: UTF8.self))
  }
}

/// A folder that goes away with its test.
final class Scratch: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "wavprep-integration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { url.appending(path: name).path }

  /// Copies a fixture into the folder under a name of its own.
  func copy(_ fixture: String, as name: String) throws -> String {
    try FileManager.default.copyItem(atPath: Program.fixture(fixture), toPath: file(name))
    return file(name)
  }

  /// The names in the folder, hidden ones included.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }
}
