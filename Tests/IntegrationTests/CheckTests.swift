import Foundation
import Testing

/// What `fixtures/expected.tsv` promises of one file.
struct PromisedFindings: CustomTestStringConvertible, Sendable {
  let file: String
  let profile: String
  let status: Int32
  let findings: [String]

  var testDescription: String { "\(file) (\(profile))" }

  static let all: [PromisedFindings] = {
    let list = (try? String(contentsOfFile: Program.fixture("expected.tsv"), encoding: .utf8)) ?? ""
    return list.split(separator: "\n").dropFirst().flatMap { line -> [PromisedFindings] in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 5 else { return [] }
      return [("speechkit-v3", 1), ("wave", 3)].map { profile, column in
        PromisedFindings(
          file: columns[0], profile: profile, status: Int32(columns[column]) ?? -1,
          findings: columns[column + 1].split(separator: " ").map(String.init).sorted())
      }
    }
  }()
}

@Suite("wavprep check")
struct CheckTests {
  @Test("the list of fixtures is there")
  func list() {
    #expect(PromisedFindings.all.count > 150)
  }

  @Test(
    "each fixture gives exactly the findings and the exit code that the list promises", arguments: PromisedFindings.all)
  func fixture(_ promised: PromisedFindings) async throws {
    let outcome = try await Program.wavprep(
      ["check", "--json", "--profile", promised.profile, Program.fixture(promised.file)])
    let report = try #require(try outcome.jsonLines().first)
    let findings = try #require(report["findings"] as? [[String: Any]]).map { finding in
      let place = (finding["offset"] as? NSNumber).map { "@\($0)" } ?? ""
      return "\(finding["id"] as? String ?? "")\(place):\(finding["severity"] as? String ?? "")"
    }
    #expect(findings.sorted() == promised.findings)
    #expect(outcome.status == promised.status)
    #expect(outcome.errors.isEmpty)
  }

  @Test("what is no WAV gets the right id, whatever it is")
  func foreign() async throws {
    let scratch = try Scratch()
    try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]).write(to: scratch.url.appending(path: "p.png"))
    try Data("0123456789".utf8).write(to: scratch.url.appending(path: "ten"))
    let flac = scratch.file("s.flac")
    #expect(try await Program.tool(["sox", Program.fixture("speech/meeting-16k.wav"), flac]).status == 0)
    let outcome = try await Program.wavprep(
      ["check", "--json", "/dev/null", scratch.file("p.png"), flac, scratch.file("ten")])
    let ids = try outcome.jsonLines().map { report in
      try #require(report["findings"] as? [[String: Any]]).map { $0["id"] as? String }
    }
    #expect(ids == [["empty-file"], ["not-riff"], ["not-riff"], ["not-riff"]])
    #expect(outcome.status == 1)
  }

  @Test("a report has every key of the contract, and nothing that JSON has no form for")
  func contractKeys() async throws {
    let outcome = try await Program.wavprep(["check", "--json", Program.fixture("speech/meeting-16k.wav")])
    let report = try #require(try outcome.jsonLines().first)
    #expect(Set(report.keys) == ["path", "verdict", "format", "levels", "findings", "billing"])
    let format = try #require(report["format"] as? [String: Any])
    #expect(
      Set(format.keys) == [
        "container", "encoding", "sampleRate", "channels", "bitsPerSample", "frames", "duration", "dataOffset",
        "dataBytes",
      ])
    #expect((report["billing"] as? [String: Any])?["seconds"] as? Int == 15)
    #expect(report["verdict"] as? String == "pass")
  }

  @Test("files that cannot be read are told apart from bad ones, and do not stop the rest")
  func unreadable() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.wavprep(
      ["check", "--json", scratch.file("missing.wav"), Program.fixture("speech/meeting-16k.wav")])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("missing.wav: "))
    #expect(try outcome.jsonLines().count == 1)
    let empty = try await Program.wavprep(["check", scratch.path])
    #expect(empty.status == 2)
    #expect(empty.errors.contains("no WAV files"))
  }

  @Test(
    "wrong usage exits with 64", arguments: [["check"], ["check", "--nonsense", "a.wav"], ["normalize", "a.wav"]])
  func usage(_ arguments: [String]) async throws {
    #expect(try await Program.wavprep(arguments).status == 64)
  }

  @Test("audio comes by standard input, and paths by a list")
  func standardInput() async throws {
    let bytes = try Data(contentsOf: URL(filePath: Program.fixture("speech/meeting-16k.wav")))
    let piped = try await Program.wavprep(["check", "--json", "-"], input: bytes)
    #expect(piped.status == 0)
    #expect(try piped.jsonLines().first?["path"] as? String == "-")

    let scratch = try Scratch()
    let name = "запись \"1\"\nвторая.wav"
    let path = try scratch.copy("speech/meeting-16k.wav", as: name)
    let listed = try await Program.wavprep(
      ["check", "--json", "--files-from", "-", "-0"], input: Data((path + "\0").utf8))
    #expect(try listed.jsonLines().first?["path"] as? String == path)
    let text = try await Program.wavprep(["check", path])
    #expect(text.output.contains("\\n"))
    #expect(text.output.split(separator: "\n").count == 1)
  }

  @Test("a folder is searched in order, hidden files and other kinds passed over")
  func folder() async throws {
    let scratch = try Scratch()
    for name in ["b.WAV", "a.wav", ".hidden.wav", "note.txt"] {
      _ = try scratch.copy("speech/note-44k1-float-extensible.wav", as: name)
    }
    let outcome = try await Program.wavprep(["check", "--json", scratch.path])
    let paths = try outcome.jsonLines().map { $0["path"] as? String }
    #expect(paths == [scratch.path + "/a.wav", scratch.path + "/b.WAV"])
  }

  @Test("neither libcurl nor libcrypto nor libsndfile is loaded to check a file")
  func startsLight() async throws {
    let outcome = try await Program.wavprep(
      ["check", Program.fixture("speech/meeting-16k.wav")], environment: ["LD_DEBUG": "libs"])
    #expect(outcome.errors.contains("libc.so"))
    for library in ["libcurl", "libcrypto", "libsndfile", "libsamplerate"] {
      #expect(!outcome.errors.contains(library))
    }
  }
}
