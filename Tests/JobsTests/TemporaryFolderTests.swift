import AudioPrep
import Foundation
import Testing

@testable import Jobs

@Suite("Temporary files")
struct TemporaryFolderTests {
  @Test("their folder is the user's own, and goes with all that is in it")
  func life() throws {
    let scratch = try Scratch()
    do {
      let folder = try TemporaryFolder(in: scratch.temporary)
      #expect(try scratch.names(in: "tmp") == [lastComponent(of: folder.path)])
      let permissions = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
      #expect(permissions == 0o700)
      try wave().write(to: URL(filePath: TemporaryFolder.newPath(in: folder.path)))
    }
    #expect(try scratch.names(in: "tmp") == [])
  }

  @Test("no place for them is an error that names the folder and the variable")
  func noPlace() throws {
    let scratch = try Scratch()
    for place in ["nowhere", try lastComponent(of: scratch.write("a file", "file"))] {
      let error = #expect(throws: FileError.self) { try TemporaryFolder(in: scratch(place)) }
      #expect(error?.description.contains(scratch(place)) == true)
      #expect(error?.description.contains("TMPDIR") == true)
    }
  }

  @Test("when a run is over they are gone, not a moment later: the program may end there")
  func goneAtOnce() async throws {
    try await JobBench.with { bench in
      let input = JobInput.file(try bench.scratch.write("no audio", "a.wav"))
      for _ in 0..<100 {
        let report = try await bench.report(of: input) { $0.normalization = NormalizeOptions() }
        #expect(report.state == .failed)
        try #require(try bench.scratch.names(in: "tmp") == [])
      }
    }
  }

  @Test("none is kept while the service is at work, which may take a day")
  func goneWhenSent() async throws {
    let barrier = Barrier()
    try await JobBench.with { call in
      if call.purpose == .operation { try await barrier.pass() }
      return .answered
    } _: { bench in
      let input = JobInput.file(try bench.scratch.write(wave(rate: 44_100), "a.wav"))
      let run = Task { try await bench.report(of: input) { $0.normalization = NormalizeOptions() } }
      try await until { bench.sandbox.calls(.operation).count == 1 }
      let folder = try #require(try bench.scratch.names(in: "tmp").first)
      try await until { try bench.scratch.names(in: "tmp/" + folder) == [] }
      barrier.open()
      #expect(try await run.value.state == .done)
    }
  }

  @Test("one that cannot be written is an error that names the place and the variable that names another")
  func notWritable() async throws {
    try await JobBench.with { bench in
      var settings = bench.settings
      settings.normalization = NormalizeOptions()
      let pipeline = try Pipeline(settings, bench.connection(), temporaryFilesIn: bench.scratch.temporary)
      for name in try bench.scratch.names(in: "tmp") {
        try FileManager.default.removeItem(atPath: bench.scratch("tmp/" + name))
      }
      let outcome = await Stop().run(pipeline, [.file(try bench.scratch.write(wave(), "a.wav"))])
      let report = try #require(outcome.reports.first)
      #expect(report.state == .failed)
      #expect(report.couldNotRun)
      let error = try #require(report.error)
      #expect(error.contains(bench.scratch.temporary))
      #expect(error.contains("TMPDIR"))
      // That is where transcripts go.
      #expect(!error.contains("--output-dir"))
      #expect(bench.sandbox.calls.isEmpty)
    }
  }
}
