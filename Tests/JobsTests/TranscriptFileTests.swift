import AudioPrep
import Foundation
import SpeechKit
import Testing

@testable import Jobs

@Suite("Transcript files")
struct TranscriptFileTests {
  /// What the service says in the first test: one utterance, refined.
  private static let results = """
    {"result": {"audioCursors": {"finalIndex": "0"}, "channelTag": "0", "final": {"alternatives": [{"text": "раз два", \
    "startTimeMs": "100", "endTimeMs": "400", "words": [{"text": "раз", "startTimeMs": "100", "endTimeMs": "200"}]}]}}}
    {"result": {"channelTag": "0", "finalRefinement": {"finalIndex": "0", "normalizedText": \
    {"alternatives": [{"text": "Раз, два."}]}}}}

    """

  @Test("each form has what the service said, under the recording's name")
  func contents() async throws {
    try await JobBench.with {
      $0.purpose == .results ? .reply(200, Self.results) : .answered
    } _: { bench in
      let recording = try bench.scratch.write(wave(), "a.wav")
      let report = try await bench.report(of: .file(recording)) { $0.formats = TranscriptFormat.allCases }
      #expect(report.state == .done)
      let names = ["a.txt", "a.json", "a.srt", "a.vtt", "a.raw.jsonl"]
      #expect(report.transcripts == names.map { bench.scratch("out/" + $0) })
      #expect(try bench.scratch.names(in: "out") == names.sorted())
      #expect(try bench.scratch.text("out/a.txt") == "Раз, два.\n")
      #expect(try bench.scratch.text("out/a.srt").hasPrefix("1\n00:00:00,100 --> "))
      #expect(try bench.scratch.text("out/a.raw.jsonl").split(separator: "\n").count == 2)
      let json = try JSONSerialization.jsonObject(with: Data(try bench.scratch.text("out/a.json").utf8))
      let transcript = try #require(json as? [String: Any])
      #expect(transcript["path"] as? String == recording)
      #expect(transcript["operationId"] as? String == report.operationID)
      #expect(transcript["model"] as? String == "general")
      #expect(transcript["duration"] as? Double == 0.5)
      #expect(transcript["text"] as? String == "Раз, два.")
    }
  }

  @Test("a form asked for twice is one file")
  func repeatedForms() async throws {
    try await JobBench.with { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav"))) {
        $0.formats = [.json, .txt, .json]
      }
      #expect(report.transcripts == [bench.scratch("out/a.json"), bench.scratch("out/a.txt")])
    }
  }

  @Test(
    "one that is there already stops the job before anything is asked of the service",
    arguments: ["out/a.txt", "out/a.json"])
  func existing(name: String) async throws {
    try await JobBench.with { bench in
      try bench.scratch.write("mine", name)
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav")))
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      #expect(report.error?.contains(bench.scratch(name)) == true && report.error?.contains("--force") == true)
      #expect(bench.sandbox.calls.isEmpty)
      #expect(try bench.scratch.text(name) == "mine")
      #expect(try bench.scratch.names(in: "out").count == 1)
    }
  }

  @Test("one that is there already is replaced where it may be, and only when the new one is there")
  func replaced() async throws {
    let scratch = try Scratch()
    try scratch.write("mine", "out/a.txt")
    try await JobBench.with { call in
      if call.purpose == .results {
        return try scratch.text("out/a.txt") == "mine" ? .answered : .reply(400, "too early")
      }
      return .answered
    } _: { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav"))) {
        $0.outputFolder = scratch("out")
        $0.replacesTranscripts = true
      }
      #expect(report.state == .done, "\(report.error ?? "")")
      #expect(try scratch.text("out/a.txt") != "mine")
      #expect(try scratch.names(in: "out") == ["a.json", "a.txt"])
    }
  }

  @Test("what can never be a transcript stops the job too, whatever may be replaced", arguments: [true, false])
  func notWritable(replaces: Bool) async throws {
    try await JobBench.with { bench in
      let input = JobInput.file(try bench.scratch.write(wave(), "a.wav"))
      try bench.scratch.write("a file", "out/a.json/in-the-way")
      try bench.scratch.write("a file", "file")
      let folderInTheWay = try await bench.report(of: input) { $0.replacesTranscripts = replaces }
      let fileForAFolder = try await bench.report(of: input) {
        $0.outputFolder = bench.scratch("file/out")
        $0.replacesTranscripts = replaces
      }
      for (report, place) in [(folderInTheWay, "out/a.json"), (fileForAFolder, "file")] {
        #expect(report.state == .failed)
        #expect(report.couldNotRun)
        #expect(report.error?.contains(bench.scratch(place)) == true)
      }
      #expect(bench.sandbox.calls.isEmpty)
    }
  }

  @Test("where one cannot be written, none appears, and what is in the way stays as it is")
  func allOrNone() async throws {
    let scratch = try Scratch()
    try await JobBench.with { call in
      // Somebody else writes the second one while the recording is recognised.
      if call.purpose == .results { try scratch.write("theirs", "out/a.json") }
      return .answered
    } _: { bench in
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav"))) {
        $0.outputFolder = scratch("out")
      }
      #expect(report.state == .submitted)
      #expect(report.couldNotRun)
      #expect(report.transcripts == [])
      #expect(try scratch.names(in: "out") == ["a.json"])
      #expect(try scratch.text("out/a.json") == "theirs")
    }
  }

  @Test("nobody's transcripts are in the way of a job that writes none")
  func notWaitedFor() async throws {
    try await JobBench.with { bench in
      try bench.scratch.write("mine", "out/a.txt")
      let report = try await bench.report(of: .file(try bench.scratch.write(wave(), "a.wav"))) { $0.waits = false }
      #expect(report.state == .submitted)
      #expect(report.error == nil)
    }
  }

  @Test("they lie beside the recording, or below the output folder as the recording lies below the one searched")
  func places() throws {
    let scratch = try Scratch()
    try scratch.write(wave(), "calls/monday/a.b.wav")
    var settings = JobSettings(recognition: RecognitionOptions(), delivery: .inline, normalization: nil, parallel: 1)
    let found = InputList(searching: [scratch("calls")]).files.map { JobInput(.file($0)) }
    let inputs = found + [.file("-"), JobInput(.uri("https://host/bucket/calls/b.wav?signature=a.b/c"))]
    func bases() -> [String] { inputs.map { TranscriptFiles(for: $0, settings).base } }
    #expect(bases() == [scratch("calls/monday/a.b"), "stdin", "b"])
    settings.outputFolder = "out"
    #expect(bases() == ["out/monday/a.b", "out/stdin", "out/b"])
  }

  @Test("an operation's id is no way out of the folder")
  func operationNames() {
    #expect(
      TranscriptFiles(operation: "../f8d/x", folder: "out", formats: [.txt], replaces: false).base == "out/..f8dx")
  }
}
