import Foundation
import Logging

@testable import SpeechKit

/// The Python server, running until this goes.
final class StandIn: Sendable {
  static let accessKey = "TESTACCESSKEY"
  static let secretKey = "test/secret+key"

  let port: Int
  private let process: Process
  private let input: Pipe
  private let output: Pipe

  /// - Parameters:
  ///   - publicKey: the PEM file of the key that service accounts sign with.
  ///   - certificate: a PEM file of a certificate and its key, for TLS.
  init(publicKey: String = "", certificate: String? = nil) throws {
    process = Process()
    input = Pipe()
    output = Pipe()
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "stand_in.py").path
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [Tool.python, script, publicKey] + [certificate].compactMap { $0 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = try Self.readLine(output)
    guard let port = Int(String(decoding: line, as: UTF8.self)) else {
      throw Tool.Failure(description: "the stand-in did not start")
    }
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
    let content: String?
  }

  /// Everything that came, in order.
  func log() throws -> [Seen] {
    try input.fileHandleForWriting.write(contentsOf: Data("log\n".utf8))
    return try JSONDecoder().decode([Seen].self, from: try Self.readLine(output))
  }

  private static func readLine(_ pipe: Pipe) throws -> Data {
    var line = Data()
    while line.last != UInt8(ascii: "\n"), let more = try pipe.fileHandleForReading.read(upToCount: 1), !more.isEmpty {
      line += more
    }
    return line.dropLast()
  }

  func endpoint(fault: String? = nil) throws -> Endpoint {
    try Endpoint("http://127.0.0.1:\(port)" + (fault.map { "/fault-\($0)" } ?? ""))
  }

  /// A connection to this server whose waits are short; the fault applies to every service.
  func connection(
    fault: String? = nil, credentials: Credentials? = nil, attempts: Int = 3, stall: Double = 2
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
      metadata: plain, logger: Logger(label: "tests", factory: { _ in SwiftLogNoOpLogHandler() }))
  }
}
