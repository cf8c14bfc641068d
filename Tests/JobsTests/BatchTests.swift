import AudioPrep
import Foundation
import SpeechKit
import Synchronization
import Testing

@testable import Jobs

@Suite("Many recordings")
struct BatchTests {
  @Test("one that fails, wherever it fails, never stops the others, and each has one report")
  func badOnes() async throws {
    try await JobBench.with { call in
      call.method == "PUT" && call.path.hasSuffix("denied.wav") ? .reply(403, "denied") : .answered
    } _: { bench in
      let good = try ["a.wav", "b.wav", "c.wav"].map { JobInput.file(try bench.scratch.write(wave(), $0)) }
      let bad = [
        JobInput.file(bench.scratch("missing.wav")), .file(try bench.scratch.write("text", "text.wav")),
        .file(try bench.scratch.write(wave(), "denied.wav")), .file(try bench.scratch.write(wave(), "other/a.wav")),
      ]
      let inputs = [bad[0], good[0], bad[1], good[1], bad[2], bad[3], good[2]]
      let outcome = try await bench.run(inputs, uploads: true)
      #expect(outcome.reports.map(\.path).sorted() == inputs.map(\.path).sorted())
      for input in good { #expect(try outcome.report(of: input).state == .done) }
      for input in bad {
        #expect(try outcome.report(of: input).state == .failed)
        #expect(try outcome.report(of: input).error?.isEmpty == false)
      }
      #expect(try outcome.report(of: bad[0]).couldNotRun)
      #expect(try !outcome.report(of: bad[1]).couldNotRun)
      #expect(try outcome.report(of: bad[2]).couldNotRun)
      #expect(bench.sandbox.submissions == 3)
      #expect(bench.sandbox.objects == [])
    }
  }

  @Test("two recordings of one name in two folders do not meet, neither in the bucket nor below the output folder")
  func oneName() async throws {
    try await JobBench.with { bench in
      try bench.scratch.write(wave(), "calls/monday/a.wav")
      try bench.scratch.write(wave(rate: 8000), "calls/tuesday/a.wav")
      let inputs = InputList(searching: [bench.scratch("calls")]).files.map { JobInput(.file($0)) }
      let outcome = try await bench.run(inputs, uploads: true) { $0.keepsObjects = true }
      #expect(outcome.reports.map(\.state) == [.done, .done])
      #expect(Set(outcome.reports.compactMap(\.uri)).count == 2)
      #expect(Set(bench.sandbox.objectBytes) == [wave(), wave(rate: 8000)])
      for (input, day) in zip(inputs, ["monday", "tuesday"]) {
        let report = try outcome.report(of: input)
        #expect(report.transcripts.first == bench.scratch("out/\(day)/a.txt"))
        let json = try bench.scratch.text("out/\(day)/a.json")
        #expect(json.contains(try #require(report.operationID)))
      }
    }
  }

  @Test("inside the request there is no bucket")
  func inline() async throws {
    try await JobBench.with { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav")))
      #expect(report.state == .done)
      #expect(report.uri == nil)
      #expect(report.billing?.seconds == 15)
      #expect(bench.sandbox.calls(.storage).isEmpty)
    }
  }

  @Test("what happens on the way is told in its order")
  func events() async throws {
    try await JobBench.with { bench in
      let outcome = try await bench.run([.file(try bench.scratch.write(wave(rate: 44_100), "a.wav"))]) {
        $0.normalization = NormalizeOptions()
      }
      let report = try #require(outcome.reports.first)
      let steps = outcome.events.compactMap { _, event in
        switch event {
        case .normalized(let report): report.changed ? "normalized" : "copied"
        case .submitted(let id): "submitted \(id)"
        case .uploading, .found, .warning: nil
        }
      }
      #expect(steps == ["normalized", "submitted \(report.operationID ?? "")"])
    }
  }

  @Test("as many are normalized at once as wanted, and no more")
  func normalizedAtOnce() async throws {
    let barrier = Barrier()
    let count = Occupancy()
    try await JobBench.with { bench in
      let inputs = try (0..<5).map { JobInput.file(try bench.scratch.write(wave(rate: 44_100), "\($0).wav")) }
      let run = Task {
        try await bench.run(inputs) { settings in
          settings.normalization = NormalizeOptions()
          settings.parallel = 2
          settings.waits = false
        } onProgress: {
          count.enter()
          barrier.block()
          count.leave()
        }
      }
      try await until { count.most == 2 }
      // Time for a third, if there were one.
      try await Task.sleep(for: .milliseconds(100))
      barrier.open()
      #expect(try await run.value.reports.map(\.state) == Array(repeating: .submitted, count: 5))
      #expect(count.most == 2)
    }
  }

  @Test("sixteen are on their way at once, and no more")
  func onTheirWayAtOnce() async throws {
    let barrier = Barrier()
    try await JobBench.with { call in
      if call.purpose == .submit { try await barrier.pass() }
      return .answered
    } _: { bench in
      let inputs = try (0..<20).map { JobInput.file(try bench.scratch.write(wave(), "\($0).wav")) }
      let run = Task {
        try await bench.run(inputs) { $0.waits = false }
      }
      try await until { bench.sandbox.calls(.submit).count == 16 }
      try await Task.sleep(for: .milliseconds(100))
      #expect(bench.sandbox.calls(.submit).count == 16)
      barrier.open()
      #expect(try await run.value.reports.map(\.state) == Array(repeating: .submitted, count: 20))
      #expect(bench.sandbox.submissions == 20)
    }
  }
}

/// How many are inside at once.
private final class Occupancy: Sendable {
  private let count = Mutex((now: 0, most: 0))

  func enter() {
    count.withLock { count in
      count.now += 1
      count.most = max(count.most, count.now)
    }
  }

  func leave() { count.withLock { $0.now -= 1 } }

  var most: Int { count.withLock { $0.most } }
}
