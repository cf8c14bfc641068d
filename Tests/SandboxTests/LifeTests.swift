import Foundation
import Testing

@testable import Sandbox

@Suite("Life of a sandbox")
struct LifeTests {
  @Test("it names everything that wavprep needs to find it, and takes its own folder away with it")
  func temporaryFolder() async throws {
    let sandbox = try await Sandbox.start(Sandbox.Configuration(speech: .silence))
    let names = [
      "WAVPREP_ENDPOINT", "WAVPREP_OPERATION_ENDPOINT", "WAVPREP_STORAGE_ENDPOINT", "WAVPREP_IAM_ENDPOINT",
      "WAVPREP_BUCKET", "YC_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "YC_SERVICE_ACCOUNT_KEY_FILE",
    ]
    #expect(sandbox.environment.map(\.name) == names)
    #expect(names.allSatisfy { !sandbox.variable($0).isEmpty })
    #expect(sandbox.variable("WAVPREP_ENDPOINT") == "http://127.0.0.1:\(sandbox.port)")
    let keyFile = sandbox.variable("YC_SERVICE_ACCOUNT_KEY_FILE")
    let permissions = try FileManager.default.attributesOfItem(atPath: keyFile)[.posixPermissions] as? Int
    #expect(permissions == 0o600)
    await sandbox.stop()
    #expect(!FileManager.default.fileExists(atPath: sandbox.stateDirectory))
    let reply = try await curl(sandbox, "GET", "/operations/x")
    #expect(reply.exitCode == 7)
  }

  @Test("a port that is taken and a folder that cannot be made are errors that say so")
  func cannotStart() async throws {
    try await withSandbox { sandbox in
      let taken = await #expect(throws: SandboxError.self) {
        try await Sandbox.start(Sandbox.Configuration(port: sandbox.port))
      }
      #expect(taken?.description.contains("127.0.0.1:\(sandbox.port)") == true)
    }
    let folder = await #expect(throws: SandboxError.self) {
      try await Sandbox.start(Sandbox.Configuration(stateDirectory: "/dev/null/state"))
    }
    #expect(folder?.description.contains("/dev/null/state") == true)
  }

  @Test("it answers while recognitions run")
  func answersMeanwhile() async throws {
    try await withSandbox(Sandbox.Configuration()) { sandbox in
      let path = packageFolder + "/fixtures/speech/meeting-16k.wav"
      let content = try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString()
      var ids: [String] = []
      for _ in 0..<4 { ids.append(try await submit(Request.wav(audio: "\"content\": \"\(content)\""), sandbox)) }
      for id in ids {
        let reply = try await curl(sandbox, "GET", "/operations/\(id)", options: ["--max-time", "20"])
        #expect(reply.status == 200)
      }
      for id in ids { _ = try await finished(id, sandbox) }
      #expect(sandbox.submissions == 4)
    }
  }
}
