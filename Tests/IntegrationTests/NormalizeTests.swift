import Foundation
import Testing

@Suite("wavprep normalize")
struct NormalizeTests {
  private static let call = Program.fixture("speech/call-48k-24bit-stereo.wav")

  @Test("a stereo call of 24 bits keeps its channels and becomes what the recogniser takes, as others read it")
  func stereoCall() async throws {
    let scratch = try Scratch()
    let output = scratch.file("call.wav")
    let outcome = try await Program.wavprep(["normalize", "--json", Self.call, "-o", output])
    #expect(outcome.status == 0)
    let report = try #require(try outcome.jsonLines().first)
    #expect(
      report["steps"] as? [String] == ["rate 48000→16000 (polyphase)", "bits 24→16 (tpdf)"])
    for (option, value) in [("-c", "2"), ("-r", "16000"), ("-b", "16"), ("-e", "Signed Integer PCM")] {
      let soxi = try await Program.tool(["soxi", option, output])
      #expect(soxi.output.trimmingCharacters(in: .newlines) == value)
    }
    let sndfile = try await Program.tool(["sndfile-info", output])
    #expect(sndfile.output.contains("Sample Rate : 16000"))
    #expect(try await Program.wavprep(["check", output]).status == 0)
    let sha = try await Program.tool(["sha256sum", output])
    #expect(sha.output.split(separator: " ").first.map(String.init) == report["sha256"] as? String)
  }

  @Test("the same input gives the same bytes on every run, whatever the number of threads")
  func reproducible() async throws {
    let scratch = try Scratch()
    // Long enough for many blocks.
    let long = scratch.file("long.wav")
    #expect(try await Program.tool(["sox", Self.call, long, "repeat", "9"]).status == 0)
    var digests: Set<String> = []
    for threads in [1, 2, 7, 2] {
      let outcome = try await Program.wavprep(
        ["normalize", "--json", "--force", "-j", String(threads), long, "-o", scratch.file("out.wav")])
      digests.insert(try #require(try outcome.jsonLines().first?["sha256"] as? String))
    }
    #expect(digests.count == 1)
  }

  @Test("a file that fits is copied bit for bit, and says so")
  func copies() async throws {
    let scratch = try Scratch()
    let input = Program.fixture("speech/meeting-16k.wav")
    let outcome = try await Program.wavprep(["normalize", "--json", input, "-o", scratch.file("out.wav")])
    #expect(try outcome.jsonLines().first?["changed"] as? Bool == false)
    #expect(try Data(contentsOf: URL(filePath: input)) == Data(contentsOf: URL(filePath: scratch.file("out.wav"))))
  }

  @Test("an existing file is kept unless --force says otherwise")
  func keepsExisting() async throws {
    let scratch = try Scratch()
    try Data("mine".utf8).write(to: scratch.url.appending(path: "out.wav"))
    let refused = try await Program.wavprep(["normalize", Self.call, "-o", scratch.file("out.wav")])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--force"))
    #expect(try scratch.text("out.wav") == "mine")
    #expect(try await Program.wavprep(["normalize", "--force", Self.call, "-o", scratch.file("out.wav")]).status == 0)
  }

  @Test(
    "damaged recordings are taken as far as their audio goes",
    arguments: [
      "data-truncated.wav", "data-size-placeholder-ones.wav", "data-size-placeholder-zero.wav",
      "riff-size-mismatch.wav", "data-partial-frame.wav", "trailing-bytes.wav",
    ])
  func damaged(_ name: String) async throws {
    let scratch = try Scratch()
    let output = scratch.file("out.wav")
    let outcome = try await Program.wavprep(
      ["normalize", "--json", Program.fixture("damaged/" + name), "-o", output])
    #expect(outcome.status == 0)
    let report = try #require(try outcome.jsonLines().first)
    #expect((report["findings"] as? [[String: Any]])?.isEmpty == false)
    #expect(try await Program.wavprep(["check", "--headers-only", output]).status == 0)
  }

  @Test(
    "what cannot be used is an error with its place, and leaves nothing behind",
    arguments: [
      "fmt-missing.wav", "data-missing.wav", "not-riff-png.wav", "channels-zero.wav", "empty-file.wav",
    ])
  func unusable(_ name: String) async throws {
    let scratch = try Scratch()
    let outcome = try await Program.wavprep(
      ["normalize", Program.fixture("damaged/" + name), "-o", scratch.file("out.wav")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(name))
    #expect(try scratch.names().isEmpty)
  }

  @Test("other containers are decoded by libsndfile", arguments: ["flac", "ogg", "aiff", "au"])
  func containers(_ kind: String) async throws {
    let scratch = try Scratch()
    let input = scratch.file("in." + kind)
    #expect(try await Program.tool(["sox", Program.fixture("speech/meeting-16k.wav"), input]).status == 0)
    let output = scratch.file("out.wav")
    let outcome = try await Program.wavprep(["normalize", input, "-o", output])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let frames = try await Program.tool(["soxi", "-s", output])
    let expected = try await Program.tool(["soxi", "-s", input])
    #expect(frames.output == expected.output)
  }

  @Test("a full disk is a clear error and leaves no file")
  func fullDisk() async throws {
    let scratch = try Scratch()
    let long = scratch.file("long.wav")
    #expect(try await Program.tool(["sox", Self.call, long, "repeat", "9"]).status == 0)
    // A file system of 64 KB in a mount namespace of its own.
    let script = """
      mount -t tmpfs -o size=64k tmpfs "$1" && shift && "$@"; status=$?; ls -A "$(dirname "${!#}")"; exit $status
      """
    let small = scratch.file("small")
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    let wavprep = Program.folder.appending(path: "wavprep").path
    let outcome = try await Program.tool([
      "unshare", "--mount", "--map-root-user", "bash", "-c", script, "bash", small, wavprep, "normalize", long, "-o",
      small + "/out.wav",
    ])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("No space left"))
    #expect(outcome.output.isEmpty)
  }

  @Test("Ctrl-C exits with 130 and leaves no file")
  func interrupted() async throws {
    let scratch = try Scratch()
    let long = scratch.file("long.wav")
    #expect(try await Program.tool(["sox", Self.call, long, "repeat", "60"]).status == 0)
    // The slowest converter, so that the signal comes while it is at work.
    let process = Program.process(
      Program.folder.appending(path: "wavprep").path,
      ["normalize", "--resampler", "sinc-best", long, "-o", scratch.file("out.wav")])
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try await Program.untilSignalsAreWatched(by: process)
    process.interrupt()
    let outcome = try Program.finish(process, output, errors)
    #expect(outcome.status == 130)
    #expect(try scratch.names() == ["long.wav"])
  }
}
