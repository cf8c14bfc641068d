import Foundation
import Testing

/// The service written in Python, which judges signatures with botocore: nothing in it is ours. Runs until this goes.
final class StandIn: Sendable {
  let port: Int
  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  init() throws {
    let python = ProcessInfo.processInfo.environment["WAVPREP_PYTHON"] ?? "python3"
    let script = Program.root.appending(path: "Tests/SpeechKitTests/Support/stand_in.py").path
    process = Program.process("/usr/bin/env", [python, script])
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: try Self.readLine(output), as: UTF8.self)
    port = try #require(Int(line), "the stand-in did not start")
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The variables that point wavprep at it, with a static key for storage.
  func environment(fault: String? = nil) -> [String: String] {
    let address = "http://127.0.0.1:\(port)" + (fault.map { "/fault-\($0)" } ?? "")
    return [
      "WAVPREP_ENDPOINT": address, "WAVPREP_OPERATION_ENDPOINT": "http://127.0.0.1:\(port)",
      "WAVPREP_STORAGE_ENDPOINT": "http://127.0.0.1:\(port)", "WAVPREP_IAM_ENDPOINT": "http://127.0.0.1:\(port)",
      "YC_API_KEY": "good", "AWS_ACCESS_KEY_ID": "TESTACCESSKEY", "AWS_SECRET_ACCESS_KEY": "test/secret+key",
    ]
  }

  /// Every request that came, as `METHOD path`, in order.
  func requests() throws -> [String] {
    // One test asks at a time: each has a stand-in of its own.
    try input.fileHandleForWriting.write(contentsOf: Data("log\n".utf8))
    let log = try JSONSerialization.jsonObject(with: try Self.readLine(output))
    let entries = try #require(log as? [[String: Any]])
    return entries.map { "\($0["method"] as? String ?? "") \($0["path"] as? String ?? "")" }
  }

  private static func readLine(_ pipe: Pipe) throws -> Data {
    var line = Data()
    while line.last != UInt8(ascii: "\n"), let more = try pipe.fileHandleForReading.read(upToCount: 1), !more.isEmpty {
      line += more
    }
    return line.dropLast()
  }
}
