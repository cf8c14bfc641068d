import Foundation
import Testing

@testable import Sandbox

/// The top of the package.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// Credentials for the sandboxes of all tests: making an RSA key takes longer than most tests.
private let sharedCredentials = Result { try Credentials.make() }

/// Runs `body` with a sandbox that is taken down afterwards, its folder with it unless the configuration named one.
func withSandbox<Value>(
  _ configuration: Sandbox.Configuration = Sandbox.Configuration(speech: .silence),
  _ body: (Sandbox) async throws -> Value
) async throws -> Value {
  let isTemporary = configuration.stateDirectory == nil
  var configuration = configuration
  let path = configuration.stateDirectory ?? NSTemporaryDirectory() + "/sandbox-state-" + UUID().uuidString
  defer { if isTemporary { try? FileManager.default.removeItem(atPath: path) } }
  configuration.stateDirectory = path
  let folder = try StateFolder(path)
  if !folder.names(in: "").contains("credentials.json") {
    try folder.save(try sharedCredentials.get(), as: "credentials.json")
  }
  let sandbox = try await Sandbox.start(configuration)
  do {
    let value = try await body(sandbox)
    await sandbox.stop()
    return value
  } catch {
    await sandbox.stop()
    throw error
  }
}

/// What a program printed and how it ended.
struct Output {
  var status: Int32
  var text: String
  var data: Data { Data(text.utf8) }
}

/// Runs a program found on PATH to its end, its errors going to the test's own.
func output(_ program: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> Output {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let path = NSTemporaryDirectory() + "/sandbox-test-" + UUID().uuidString
  try Data().write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
    process.terminationHandler = { _ in continuation.resume() }
    do { try process.run() } catch {
      process.terminationHandler = nil
      continuation.resume(throwing: error)
    }
  }
  return Output(status: process.terminationStatus, text: try String(contentsOfFile: path, encoding: .utf8))
}

/// Runs one of the Python clients beside this file; what it prints, read as JSON.
func client<Reply: Decodable>(
  _ name: String, _ arguments: [String], sandbox: Sandbox, changing changes: [String: String] = [:]
) async throws -> [Reply] {
  let script = packageFolder + "/Tests/SandboxTests/Clients/\(name).py"
  let variables = Dictionary(uniqueKeysWithValues: sandbox.environment.map { ($0.name, $0.value) })
  let result = try await output(
    "python3", [script] + arguments, environment: variables.merging(changes) { $1 })
  try #require(result.status == 0, "\(name).py \(arguments) failed")
  return try JSONDecoder().decode([Reply].self, from: result.data)
}

extension Sandbox {
  /// A variable of the environment; empty if there is none.
  func variable(_ name: String) -> String { environment.first { $0.name == name }?.value ?? "" }

  /// The address of a path.
  func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// The lines of submissions.jsonl: what the service would bill.
  var submissions: Int {
    let list = FileManager.default.contents(atPath: stateDirectory + "/" + OperationStore.submissionsFile) ?? Data()
    return list.count { $0 == UInt8(ascii: "\n") }
  }
}

/// A reply that curl got: 0 as status, and curl's own exit code, when there was none.
struct Reply {
  var status: Int
  var exitCode: Int32
  var body: String
  var json: JSON { JSON(Data(body.utf8)) ?? .null }
}

/// Sends a request with curl, with the sandbox's API key unless other headers are given.
func curl(
  _ sandbox: Sandbox, _ method: String, _ path: String, body: String? = nil, headers: [String]? = nil,
  options: [String] = []
) async throws -> Reply {
  let headers = headers ?? ["Authorization: Api-Key \(sandbox.variable("YC_API_KEY"))"]
  var arguments = ["-sS", "-X", method, "-w", "\n%{http_code}", "--max-time", "60", sandbox.address(path)] + options
  arguments += headers.flatMap { ["-H", $0] }
  var file: String?
  if let body {
    // Bodies may be longer than a command line.
    let path = NSTemporaryDirectory() + "/sandbox-body-" + UUID().uuidString
    try Data(body.utf8).write(to: URL(fileURLWithPath: path))
    arguments += ["--data-binary", "@" + path]
    file = path
  }
  defer { if let file { try? FileManager.default.removeItem(atPath: file) } }
  let result = try await output("curl", arguments)
  let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
  return Reply(
    status: lines.last.flatMap { Int($0) } ?? 0, exitCode: result.status,
    body: lines.dropLast().joined(separator: "\n"))
}
