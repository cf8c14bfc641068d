import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The service written in Python, which judges signatures with botocore: nothing in it is ours. Runs until this goes.
final class StandIn: Sendable {
  let port: Int
  private let process: Process
  private let input: Pipe

  init() throws {
    input = Pipe()
    let output = Pipe()
    let python = ProcessInfo.processInfo.environment["WAVPREP_PYTHON"] ?? "python3"
    let script = Program.root.appending(path: "Tests/SpeechKitTests/Support/stand_in.py").path
    process = Program.process("/usr/bin/env", [python, script])
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = ""
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      line += String(decoding: byte, as: UTF8.self)
    }
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
  func requests() async throws -> [String] {
    let url = try #require(URL(string: "http://127.0.0.1:\(port)/log"))
    let log = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
    let entries = try #require(log as? [[String: Any]])
    return entries.map { "\($0["method"] as? String ?? "") \($0["path"] as? String ?? "")" }
  }
}
