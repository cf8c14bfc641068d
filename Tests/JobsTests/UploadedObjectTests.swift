import Foundation
import Jobs
import Testing

@Suite("The uploaded object")
struct UploadedObjectTests {
  /// A job whose recording is `a.wav`.
  private func job(
    _ script: @escaping WatchedSandbox.Script = { _ in .answered },
    change: (inout JobSettings) -> Void = { _ in },
    _ body: (JobBench, JobReport, Outcome) async throws -> Void
  ) async throws {
    try await JobBench.with(script) { bench in
      let input = JobInput.file(try bench.scratch.write(wave(), "a.wav"))
      let outcome = try await bench.run([input], uploads: true, change)
      try await body(bench, try outcome.report(of: input), outcome)
    }
  }

  @Test("it has the recording's bytes, and goes once the transcripts are there, not before")
  func done() async throws {
    let scratch = try Scratch()
    let recording = try scratch.write(wave(), "звонок №1 +.wav")
    try await JobBench.with { call in
      if call.method == "DELETE" {
        let isSafe = scratch.exists("звонок №1 +.txt") && scratch.exists("звонок №1 +.json")
        return isSafe ? .answered : .reply(403, "too early")
      }
      return .answered
    } _: { bench in
      let outcome = try await bench.run([.file(recording)], uploads: true) { $0.outputFolder = nil }
      let report = try #require(outcome.reports.first)
      #expect(report.state == .done)
      #expect(report.error == nil && !report.couldNotRun)
      #expect(report.transcripts == [scratch("звонок №1 +.txt"), scratch("звонок №1 +.json")])
      #expect(outcome.warnings == [])
      #expect(outcome.events.contains { if case .uploading(let uri) = $0.event { uri == report.uri } else { false } })
      #expect(bench.sandbox.calls(.storage, "DELETE").count == 1)
      #expect(bench.sandbox.objects == [])
      #expect(bench.sandbox.submissions == 1)
    }
  }

  @Test("it stays where it is to be kept, and has the recording's bytes")
  func kept() async throws {
    try await job(change: { $0.keepsObjects = true }) { bench, report, _ in
      #expect(report.state == .done)
      #expect(bench.sandbox.calls(.storage, "DELETE").isEmpty)
      #expect(bench.sandbox.objectBytes == [wave()])
      let objects = bench.sandbox.objects
      #expect(objects.map { bench.sandbox.origin + $0 } == [report.uri])
    }
  }

  @Test("it stays while the results are waited for by nobody")
  func notWaitedFor() async throws {
    try await job(change: { $0.waits = false }) { bench, report, _ in
      #expect(report.state == .submitted)
      #expect(report.error == nil)
      #expect(report.operationID != nil)
      #expect(bench.sandbox.objects.count == 1)
      #expect(bench.sandbox.calls(.operation).isEmpty)
    }
  }

  @Test("it goes when the submission is refused")
  func refused() async throws {
    try await job({ $0.purpose == .submit ? .reply(400, "no such model") : .answered }) { bench, report, _ in
      #expect(report.state == .failed)
      #expect(report.error?.contains("no such model") == true)
      #expect(report.operationID == nil)
      #expect(bench.sandbox.objects == [])
    }
  }

  @Test("it goes when the operation has failed")
  func operationFailed() async throws {
    let failure = #"{"id": "x", "done": true, "error": {"code": 3, "message": "this is no speech"}}"#
    try await job({ $0.purpose == .operation ? .reply(200, failure) : .answered }) { bench, report, _ in
      #expect(report.state == .failed)
      #expect(report.couldNotRun == false)
      #expect(report.operationID != nil)
      #expect(report.error?.contains("(code 3): this is no speech") == true)
      #expect(bench.sandbox.objects == [])
      #expect(report.transcripts == [])
    }
  }

  @Test("it stays when nobody knows whether the submission was accepted")
  func unknown() async throws {
    try await job({ $0.purpose == .submit ? .unanswered : .answered }) { bench, report, _ in
      #expect(report.state == .unknown)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("billed twice") == true)
      #expect(bench.sandbox.calls(.submit).count == 1)
      #expect(bench.sandbox.objects.map { bench.sandbox.origin + $0 } == [report.uri])
    }
  }

  @Test("it stays when the time for waiting is over, since the operation goes on")
  func timedOut() async throws {
    let running = #"{"id": "x", "done": false}"#
    try await job({ $0.purpose == .operation ? .reply(200, running) : .answered }) {
      bench, report, _ in
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      let id = try #require(report.operationID)
      #expect(report.error?.contains("wavprep wait \(id)") == true)
      #expect(bench.sandbox.objects.count == 1)
    }
  }

  @Test("it stays when the results cannot be read")
  func unreadableResults() async throws {
    try await job({ $0.purpose == .results ? .reply(200, "<html>welcome</html>") : .answered }) { bench, report, _ in
      #expect(report.state == .submitted)
      #expect(bench.sandbox.objects.count == 1)
    }
  }

  @Test("it stays when the transcripts cannot be written after all")
  func transcriptsNotWritable() async throws {
    let scratch = try Scratch()
    try await JobBench.with { call in
      // While the results are on their way, the folder goes.
      if call.purpose == .results { try FileManager.default.removeItem(atPath: scratch("gone")) }
      return .answered
    } _: { bench in
      let report = try await bench.report(of: .file(try scratch.write(wave(), "a.wav")), uploads: true) {
        $0.outputFolder = scratch("gone")
      }
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      let id = try #require(report.operationID)
      #expect(report.error?.contains(scratch("gone")) == true)
      #expect(report.error?.contains("wavprep result \(id)") == true)
      #expect(bench.sandbox.objects.count == 1)
    }
  }

  @Test("that it cannot be removed is a warning that names it, and the job is done all the same")
  func cannotBeRemoved() async throws {
    try await job({ $0.method == "DELETE" ? .reply(403, "not you") : .answered }) { bench, report, outcome in
      #expect(report.state == .done)
      #expect(report.error == nil)
      let uri = try #require(report.uri)
      #expect(outcome.warnings.count == 1)
      #expect(outcome.warnings.first?.contains(uri) == true)
      #expect(bench.sandbox.objects.count == 1)
    }
  }

  @Test("an object that was there before is not the job's to remove", arguments: [true, false])
  func givenByURI(isRefused: Bool) async throws {
    try await JobBench.with {
      isRefused && $0.purpose == .submit ? .reply(400, "no") : .answered
    } _: { bench in
      let uri = try bench.sandbox.put(wave(), as: "calls/a.wav")
      let report = try await bench.report(of: JobInput(.uri(uri)), uploads: true)
      #expect(report.state == (isRefused ? .failed : .done), "\(report.error ?? "")")
      #expect(report.uri == uri)
      #expect(bench.sandbox.calls(.storage).isEmpty)
      #expect(bench.sandbox.objectBytes == [wave()])
    }
  }
}
