import AudioPrep
import Foundation
import Synchronization
import Testing

@testable import Jobs

/// Every test ends a run while a request is held, so that it is known how far the job was.
@Suite("Cancellation")
struct CancellationTests {
  /// A job of `a.wav` that is cancelled by the first request that `isPlace` picks, which is not answered.
  private func cancelled(
    uploads: Bool = true, at isPlace: @escaping @Sendable (Call) -> Bool,
    _ body: (JobBench, JobReport, Outcome) throws -> Void
  ) async throws {
    let (stop, barrier) = (Stop(), Barrier())
    try await JobBench.with { call in
      if isPlace(call), call.number == 1 {
        stop.raise()
        try await barrier.pass()
      }
      return .answered
    } _: { bench in
      let input = JobInput.file(try bench.scratch.write(wave(rate: 44_100), "a.wav"))
      let outcome = try await bench.run([input], uploads: uploads, stop: stop) { $0.normalization = NormalizeOptions() }
      try body(bench, try outcome.report(of: input), outcome)
      #expect(try bench.scratch.names(in: "out") == [])
      barrier.open()
    }
  }

  @Test("while it is normalized: nothing is asked of the service")
  func normalizing() async throws {
    let stop = Stop()
    try await JobBench.with { bench in
      let inputs = try (0..<3).map {
        JobInput.file(try bench.scratch.write(wave(seconds: 12, rate: 44_100), "\($0).wav"))
      }
      let outcome = try await bench.run(inputs, stop: stop) {
        $0.normalization = NormalizeOptions()
        $0.parallel = 1
      } onProgress: {
        stop.raise()
      }
      #expect(outcome.reports.count == 3)
      for report in outcome.reports {
        #expect(report.state == .failed)
        #expect(report.couldNotRun)
        #expect(report.error == "interrupted")
      }
      #expect(bench.sandbox.calls.isEmpty)
      #expect(try bench.scratch.names(in: "out") == [])
    }
  }

  @Test("while it is uploaded: nothing is submitted")
  func uploading() async throws {
    try await cancelled(at: { $0.method == "PUT" }) { bench, report, _ in
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.operationID == nil)
      #expect(bench.sandbox.calls(.submit).isEmpty)
    }
  }

  @Test("while it is submitted: its fate is unknown, and the object stays")
  func submitting() async throws {
    try await cancelled(at: { $0.purpose == .submit }) { bench, report, _ in
      #expect(report.state == .unknown)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("billed twice") == true)
      #expect(bench.sandbox.objects.map { bench.sandbox.origin + $0 } == [report.uri])
    }
  }

  @Test("while it is waited for: the operation is named, and the object stays")
  func waiting() async throws {
    try await cancelled(at: { $0.purpose == .operation }) { bench, report, outcome in
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      let id = try #require(report.operationID)
      #expect(report.error?.contains("wavprep wait \(id)") == true)
      #expect(bench.sandbox.objects.map { bench.sandbox.origin + $0 } == [report.uri])
      #expect(bench.sandbox.calls(.cancel).isEmpty)
      #expect(outcome.warnings == [])
    }
  }

  @Test("while its results are fetched: it is said how to get them")
  func fetching() async throws {
    try await cancelled(uploads: false, at: { $0.purpose == .results }) { _, report, _ in
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      let id = try #require(report.operationID)
      #expect(report.error?.contains("wavprep result \(id)") == true)
    }
  }

  @Test("after it was uploaded, before it is submitted: the object goes, since nothing will come to fetch it")
  func uploaded() async throws {
    try await cancelled(at: { $0.method == "HEAD" }) { bench, report, outcome in
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(bench.sandbox.calls(.submit).isEmpty)
      #expect(bench.sandbox.objects == [])
      #expect(outcome.warnings == [])
    }
  }

  @Test("while the object is removed: it goes all the same, and the job is done")
  func removing() async throws {
    let stop = Stop()
    try await JobBench.with { call in
      guard call.method == "DELETE" else { return .answered }
      stop.raise()
      // Time for the client to hang up, if it would.
      try await Task.sleep(for: .milliseconds(50))
      return .answered
    } _: { bench in
      let input = JobInput.file(try bench.scratch.write(wave(), "a.wav"))
      let outcome = try await bench.run([input], uploads: true, stop: stop)
      #expect(try outcome.report(of: input).state == .done)
      #expect(outcome.warnings == [])
      #expect(bench.sandbox.objects == [])
    }
  }

  @Test("with many recordings, what is not begun by then is not begun any more")
  func notBegun() async throws {
    let (stop, barrier) = (Stop(), Barrier())
    try await JobBench.with { call in
      if call.purpose == .submit {
        if call.number == 16 { stop.raise() }
        try await barrier.pass()
      }
      return .answered
    } _: { bench in
      let inputs = try (0..<20).map { JobInput.file(try bench.scratch.write(wave(), "\($0).wav")) }
      let outcome = try await bench.run(inputs, stop: stop)
      #expect(bench.sandbox.calls.count == 16)
      #expect(outcome.reports.map(\.state) == Array(repeating: .unknown, count: 16))
      barrier.open()
    }
  }
}
