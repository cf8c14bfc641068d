import Foundation
import Jobs
import Testing

@Suite("Recordings whose transcripts would have one name")
struct TwinTests {
  @Test("the later one is refused before it costs anything, and the earlier one is named")
  func sameName() async throws {
    try await JobBench.with { bench in
      // Each was named by itself, so both belong right into the output folder.
      let first = JobInput.file(try bench.scratch.write(wave(), "monday/a.wav"))
      let second = JobInput.file(try bench.scratch.write(wave(), "tuesday/a.wav"))
      let outcome = try await bench.run([first, second]) { $0.replacesTranscripts = true }
      #expect(try outcome.report(of: first).state == .done)
      let refused = try outcome.report(of: second)
      #expect(refused.state == .failed)
      #expect(!refused.couldNotRun)
      #expect(refused.error?.contains(first.path) == true && refused.error?.contains("--output-dir") == true)
      #expect(bench.sandbox.submissions == 1)
    }
  }

  @Test("names that differ in the extension only are one name")
  func otherExtension() async throws {
    try await JobBench.with { bench in
      let inputs = try ["a.wav", "a.wave"].map { JobInput.file(try bench.scratch.write(wave(), $0)) }
      let outcome = try await bench.run(inputs) { $0.outputFolder = nil }
      #expect(try outcome.report(of: inputs[0]).state == .done)
      #expect(try outcome.report(of: inputs[1]).state == .failed)
      #expect(bench.sandbox.submissions == 1)
    }
  }

  @Test("one place that is written in two ways is one place", arguments: ["./", "link/", "folder/../"])
  func otherSpelling(way: String) async throws {
    try await JobBench.with { bench in
      let scratch = bench.scratch
      try scratch.write(wave(), "folder/b.wav")
      try FileManager.default.createSymbolicLink(atPath: scratch("link"), withDestinationPath: scratch.path)
      let inputs = [JobInput.file(try scratch.write(wave(), "a.wav")), .file(scratch(way + "a.wav"))]
      let outcome = try await bench.run(inputs) { $0.outputFolder = nil }
      #expect(try outcome.report(of: inputs[0]).state == .done)
      #expect(try outcome.report(of: inputs[1]).state == .failed)
      #expect(try outcome.report(of: inputs[1]).error?.contains(inputs[0].path) == true)
      #expect(bench.sandbox.submissions == 1)
    }
  }

  @Test("without transcripts there is nothing to meet in")
  func notWaitedFor() async throws {
    try await JobBench.with { bench in
      let inputs = try ["a.wav", "a.wave"].map { JobInput.file(try bench.scratch.write(wave(), $0)) }
      let outcome = try await bench.run(inputs) { $0.waits = false }
      #expect(outcome.reports.map(\.state) == [.submitted, .submitted])
      #expect(bench.sandbox.submissions == 2)
    }
  }
}
