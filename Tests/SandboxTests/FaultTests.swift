import Foundation
import Testing

@testable import Sandbox

@Suite("Faults")
struct FaultTests {
  private static let body = Request.wav(audio: #""uri": "http://127.0.0.1/x""#)

  /// A sandbox that wrongs every submission.
  private func submit(
    _ fault: Fault, at endpoint: Endpoint? = .submit, options: [String] = []
  ) async throws -> (reply: Reply, submissions: Int) {
    let rule = FaultRule(fault, rate: 1, at: endpoint)
    return try await withSandbox(Sandbox.Configuration(faults: [rule], speech: .silence)) { sandbox in
      let reply = try await curl(sandbox, "POST", "/stt/v3/recognizeFileAsync", body: Self.body, options: options)
      return (reply, sandbox.submissions)
    }
  }

  @Test("a reset gives no answer; only the one after the deed leaves an operation")
  func resets() async throws {
    let before = try await submit(.resetBefore)
    #expect(before.reply.status == 0)
    // curl: empty reply, or the connection reset.
    #expect([52, 56].contains(before.reply.exitCode))
    #expect(before.submissions == 0)
    let after = try await submit(.resetAfter)
    #expect(after.reply.status == 0)
    #expect([52, 56].contains(after.reply.exitCode))
    #expect(after.submissions == 1)
  }

  @Test("a timeout never answers, though the operation is there")
  func timeout() async throws {
    let result = try await submit(.timeout, options: ["--max-time", "8"])
    #expect(result.reply.exitCode == 28)
    #expect(result.submissions == 1)
  }

  @Test(
    "refusals have their status, plain text, and no effect",
    arguments: [
      (Fault.http500, 500), (.http503, 503), (.http429, 429),
    ])
  func refusals(fault: Fault, status: Int) async throws {
    let result = try await submit(fault, options: ["-D", "-"])
    #expect(result.reply.status == status)
    #expect(result.reply.body.contains("a fault that the sandbox was asked for"))
    #expect(result.reply.body.contains("Retry-After: 1") == (fault == .http429))
    #expect(result.submissions == 0)
  }

  @Test("a slow answer is late and right")
  func slow() async throws {
    let result = try await submit(.slow, at: nil)
    #expect(result.reply.status == 200)
    #expect(result.submissions == 1)
  }

  @Test("truncated results end before the length they announced")
  func truncatedResults() async throws {
    let rule = FaultRule(.truncateResults, rate: 1)
    try await withSandbox(Sandbox.Configuration(faults: [rule], speech: .silence)) { sandbox in
      let id = try await submitFile(packageFolder + "/fixtures/speech/meeting-16k.wav", sandbox)
      _ = try await finished(id, sandbox)
      let reply = try await curl(sandbox, "GET", "/stt/v3/getRecognition?operation_id=\(id)")
      // curl: transfer closed with bytes outstanding.
      #expect(reply.exitCode == 18)
      #expect(reply.body.hasPrefix("{\"result\""))
      #expect(!reply.body.hasSuffix("}}\n"))
    }
  }

  @Test("the same seed wrongs the same requests, another seed others, in the share that was asked for")
  func determinism() async {
    func outcomes(seed: UInt64) async -> [Bool] {
      let plan = FaultPlan(rules: [FaultRule(.http503, rate: 0.25)], seed: seed)
      var outcomes: [Bool] = []
      for _ in 0..<4000 {
        outcomes.append(await plan.next(at: .submit) != nil)
        // What happens elsewhere changes nothing here.
        if outcomes.count.isMultiple(of: 3) { _ = await plan.next(at: .storage) }
      }
      return outcomes
    }
    let first = await outcomes(seed: 1)
    #expect(await outcomes(seed: 1) == first)
    #expect(await outcomes(seed: 2) != first)
    // Four standard deviations of 4000 draws.
    #expect((890...1110).contains(first.count { $0 }))
  }

  @Test(
    "rules read as KIND:RATE, with an endpoint if wanted",
    arguments: [
      ("http-503:0.25", FaultRule(.http503, rate: 0.25)),
      ("reset-after:1@submit", FaultRule(.resetAfter, rate: 1, at: .submit)),
      ("timeout:0", FaultRule(.timeout, rate: 0)),
      ("http-503", nil), ("http-404:1", nil), ("slow:2", nil), ("slow:-1", nil), ("slow:x", nil), ("slow:nan", nil),
      ("slow:1@", nil), ("slow:1@moon", nil), ("", nil),
    ])
  func rules(text: String, rule: FaultRule?) {
    #expect(FaultRule(text) == rule)
  }
}
