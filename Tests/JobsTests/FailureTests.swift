import AudioPrep
import Jobs
import SpeechKit
import Testing

/// Who is to blame decides about the exit code: 1 where it is the recording, 2 where it is the machine, the network or
/// the account, so that every other job would fail alike.
@Suite("Who is to blame")
struct FailureTests {
  @Test(
    "a refused submission is the recording's fault only where the service says so; one that may have been accepted is unknown",
    arguments: [
      (400, "bad", JobReport.State.failed, false), (401, "who?", .failed, true), (403, "no role", .failed, true),
      (404, "no such thing", .failed, true), (429, "quota", .failed, true), (501, "not here", .failed, true),
      (503, "later", .failed, true), (307, "over there", .failed, true),
      (200, #"{"error": {"code": 3, "message": "bad"}}"#, .failed, false),
      (200, #"{"error": {"code": 7, "message": "no role"}}"#, .failed, true),
      (500, "broken", .unknown, true), (502, "no gateway", .unknown, true), (504, "too late", .unknown, true),
      (200, "<html>welcome</html>", .unknown, true),
    ])
  func submission(status: Int, body: String, state: JobReport.State, couldNotRun: Bool) async throws {
    try await JobBench.with {
      $0.purpose == .submit ? .reply(status, body) : .answered
    } _: { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav")))
      #expect(report.state == state)
      #expect(report.couldNotRun == couldNotRun)
      #expect(report.error?.contains("/stt/v3/recognizeFileAsync") == true)
    }
  }

  @Test("what cannot be uploaded is not submitted, and no fault of the recording")
  func upload() async throws {
    let answers = [
      "403.wav": Fate.reply(403, "denied"), "404.wav": .reply(404, "<Error><Code>NoSuchKey</Code></Error>"),
      "500.wav": .reply(500, "broken"), "503.wav": .reply(503, "later"),
    ]
    try await JobBench.with { call in
      call.method == "PUT" ? try #require(answers[lastComponent(of: call.path)]) : .answered
    } _: { bench in
      let inputs = try answers.keys.map { JobInput.file(try bench.scratch.write(wave(), $0)) }
      for report in try await bench.run(inputs, uploads: true).reports {
        #expect(report.state == .failed)
        #expect(report.couldNotRun)
        #expect(report.error?.contains("cannot upload it: PUT \(bench.sandbox.origin)/sandbox/wavprep/") == true)
        #expect(report.uri == nil)
      }
      #expect(bench.sandbox.calls(.submit).isEmpty)
    }
  }

  @Test(
    "results that cannot be had are no fault of the recording, and what to do is said",
    arguments: [
      (200, "<html>welcome</html>"), (404, "gone"), (500, "broken"),
      (200, #"{"error": {"code": 13, "message": "lost"}}"#),
    ])
  func results(status: Int, body: String) async throws {
    try await JobBench.with {
      $0.purpose == .results ? .reply(status, body) : .answered
    } _: { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav")))
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      let id = try #require(report.operationID)
      #expect(report.error?.contains("wavprep result \(id)") == true)
      #expect(try bench.scratch.names(in: "out") == [])
    }
  }

  @Test("a bucket that is not there is no fault of the recording")
  func noBucket() async throws {
    try await JobBench.with { bench in
      let connection = try bench.connection()
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav")), over: connection) {
        $0.delivery = .bucket(try ObjectStorage(connection, bucket: "elsewhere"), prefix: "")
      }
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("elsewhere") == true && report.error?.contains("NoSuchBucket") == true)
      #expect(bench.sandbox.calls(.submit).isEmpty)
    }
  }

  @Test("a service that nobody can reach is no fault of the recording, and is named", arguments: [true, false])
  func unreachable(isStorage: Bool) async throws {
    try await JobBench.with { bench in
      let connection = try bench.connection { endpoints in
        let nowhere = try Endpoint("http://127.0.0.1:1")
        if isStorage { endpoints.storage = nowhere } else { endpoints.speech = nowhere }
      }
      let input = JobInput.file(try bench.scratch.write(wave(), "a.wav"))
      let report = try await bench.report(of: input, uploads: true, over: connection)
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("127.0.0.1:1") == true)
      #expect(bench.sandbox.objects == [])
    }
  }

  @Test("a key that the service does not know is no fault of the recording, and where it came from is named")
  func unknownKey() async throws {
    try await JobBench.with { bench in
      let report = try await bench.report(
        of: .file(try bench.scratch.write(wave(), "a.wav")), over: bench.connection(apiKey: "topsecretkey"))
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("YC_API_KEY") == true && report.error?.contains("topsecretkey") == false)
    }
  }

  @Test("a recording that is not there cannot be read: nothing is asked of the service", arguments: [true, false])
  func unreadable(isNormalized: Bool) async throws {
    try await JobBench.with { bench in
      let report = try await bench.report(of: .file(bench.scratch("missing.wav"))) {
        if isNormalized { $0.normalization = NormalizeOptions() }
      }
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.error?.contains("No such file") == true)
      #expect(bench.sandbox.calls.isEmpty)
    }
  }

  @Test("what is no audio is the recording's fault: nothing is asked of the service", arguments: [true, false])
  func noAudio(isNormalized: Bool) async throws {
    try await JobBench.with { bench in
      let inputs = [
        JobInput.file(try bench.scratch.write("Dear diary,\n", "diary.wav")),
        .file(try bench.scratch.write("", "empty.wav")),
        .file(try bench.scratch.write(wave().prefix(30), "cut.wav")),
      ]
      let outcome = try await bench.run(inputs) { if isNormalized { $0.normalization = NormalizeOptions() } }
      #expect(outcome.reports.count == 3)
      for report in outcome.reports {
        #expect(report.state == .failed)
        #expect(!report.couldNotRun, "\(report.path): \(report.error ?? "")")
        #expect(report.error?.isEmpty == false)
      }
      #expect(bench.sandbox.calls.isEmpty)
    }
  }

  @Test("what the recogniser would not take is refused here where it is sent as it is, and repaired where it may be")
  func unsupportedRate() async throws {
    try await JobBench.with { bench in
      let input = JobInput.file(try bench.scratch.write(wave(rate: 44_100), "a.wav"))
      let refused = try await bench.report(of: input)
      #expect(refused.state == .failed && !refused.couldNotRun)
      #expect(refused.error?.contains("sample-rate-unsupported") == true)
      #expect(bench.sandbox.calls.isEmpty)
      let repaired = try await bench.report(of: input) { $0.normalization = NormalizeOptions() }
      #expect(repaired.state == .done, "\(repaired.error ?? "")")
    }
  }

  @Test("options that do not fit the recording are found before it is uploaded")
  func options() async throws {
    try await JobBench.with { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(channels: 2), "a.wav"))) {
        $0.recognition.speakerLabeling = true
      }
      #expect(report.state == .failed)
      #expect(!report.couldNotRun)
      #expect(report.error?.contains("--speaker-labeling") == true)
      #expect(bench.sandbox.calls.isEmpty)
    }
  }
}
