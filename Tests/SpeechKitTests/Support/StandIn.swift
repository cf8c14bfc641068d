import Foundation
import Testing

@testable import SpeechKit

/// The Python server, running until this goes.
final class StandIn: Sendable {
  static let accessKey = "TESTACCESSKEY"
  static let secretKey = "test/secret+key"

  let port: Int
  private let process: Process
  private let input: Pipe

  init(publicKey: String? = nil) throws {
    process = Process()
    input = Pipe()
    let output = Pipe()
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "stand_in.py").path
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [Tool.python, script] + [publicKey].compactMap { $0 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = ""
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      line += String(decoding: byte, as: UTF8.self)
    }
    guard let port = Int(line) else { throw Tool.Failure(description: "the stand-in did not start: \(line)") }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// One request as the server saw it.
  struct Seen: Decodable {
    let method: String
    let path: String
    let headers: [String: String]
    let sha256: String
    let missing: Int
    let body: String?
  }

  /// Everything that came, in order.
  func log() throws -> [Seen] {
    let url = try #require(URL(string: "http://127.0.0.1:\(port)/log"))
    return try JSONDecoder().decode([Seen].self, from: try Data(contentsOf: url))
  }

  func endpoint(fault: String? = nil) throws -> Endpoint {
    try Endpoint("http://127.0.0.1:\(port)" + (fault.map { "/fault-\($0)" } ?? ""))
  }

  /// A connection to this server whose waits are short; the fault applies to every service.
  func connection(
    fault: String? = nil, credentials: Credentials? = nil, attempts: Int = 3, stall: Double = 2, proxy: String? = nil
  ) throws -> Connection {
    let endpoint = try endpoint(fault: fault)
    let plain = try self.endpoint()
    return Connection(
      endpoints: Endpoints(speech: endpoint, operation: endpoint, storage: endpoint, iam: plain),
      credentials: credentials
        ?? Credentials(
          speech: .apiKey(Secret("good"), origin: "YC_API_KEY"),
          storage: .accessKey(
            id: Self.accessKey, secret: Secret(Self.secretKey), session: nil, origin: "AWS_ACCESS_KEY_ID")),
      region: "ru-central1",
      retry: RetryPolicy(attempts: attempts, throttledAttempts: attempts, firstDelay: 0.01, longestDelay: 0.05),
      http: HTTPClient(settings: HTTPClient.Settings(timeouts: HTTPTimeouts(connect: 2, stall: stall))),
      metadata: plain)
  }
}
