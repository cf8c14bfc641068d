import Foundation
import Testing
import WAVE

@Suite("Damaged files") struct DamagedFileTests {
  @Test("give exactly the findings that the list promises, at their places", arguments: Fixture.damaged)
  func findings(of fixture: Fixture) throws {
    let found = WAVE.inspect(try fixture.bytes).findings.map { finding in
      finding.id.rawValue + (finding.offset.map { "@\($0)" } ?? "") + ":\(finding.severity.rawValue)"
    }
    #expect(found.sorted() == fixture.findings)
  }

  @Test("show every id of structure and format fields") func allIds() {
    let shown = Set(Fixture.damaged.flatMap(\.findings).map { $0.prefix { $0 != "@" && $0 != ":" } }.map(String.init))
    let structural = Finding.ID.allCases.prefix { $0 != .encodingUnsupported }.map(\.rawValue)
    #expect(Set(structural).subtracting(shown).isEmpty)
  }

  @Test("come out of their script byte for byte") func script() throws {
    try withTemporaryFolder { folder in
      _ = try run(Fixture.root.appending(path: "Scripts/make-damaged-fixtures").path, folder.path)
      for fixture in Fixture.damaged {
        let made = try Data(contentsOf: folder.appending(path: fixture.name))
        #expect(made == Data(try fixture.bytes), "\(fixture)")
      }
      let readme = "damaged/README.md"
      let made = try Data(contentsOf: folder.appending(path: readme))
      #expect(made == (try Data(contentsOf: Fixture.folder.appending(path: readme))))
      // The list has other scripts' rows besides.
      let rows = try promises(folder)
      #expect(rows.count > 100)
      #expect(Set(rows).subtracting(try promises(Fixture.folder)).isEmpty)
    }
  }

  private func promises(_ folder: URL) throws -> [Substring] {
    try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8).split(separator: "\n")
  }

  @Test("say what to do, without a full stop", arguments: Fixture.damaged)
  func remedies(of fixture: Fixture) throws {
    for finding in WAVE.inspect(try fixture.bytes).findings {
      #expect(!finding.message.isEmpty && !finding.message.hasSuffix("."))
      #expect(!finding.fix.isEmpty && !finding.fix.hasSuffix("."))
    }
  }

  @Test(
    "that can be read still have a header with what they hold",
    arguments: [
      ("data-size-placeholder-zero", 400), ("data-size-placeholder-ones", 400), ("data-size-placeholder-sox", 400),
      ("data-truncated", 250), ("data-truncated-odd", 249), ("riff-size-mismatch", 400),
      ("riff-size-mismatch-small", 400), ("riff-size-mismatch-zero", 400), ("data-before-fmt", 400),
      ("block-align-mismatch", 400), ("block-align-mismatch-wide", 400), ("bits-invalid-zero", 400),
      ("rf64-truncated", 400), ("rf64-placeholder", 400), ("ds64-missing", 400), ("wave64-truncated", 250),
      ("wave64-placeholder", 400), ("hostile-data", 2), ("hostile-ds64", 400), ("data-partial-frame", 400),
    ])
  func salvage(name: String, frames: UInt64) throws {
    let fixture = try #require(Fixture.damaged.first { $0.name == "damaged/\(name).wav" })
    let header = try #require(WAVE.inspect(try fixture.bytes).header)
    #expect(header.frames == frames)
    #expect(header.isLinear)
  }

  @Test(
    "of other kinds are named",
    arguments: [
      ("flac", "FLAC"), ("ogg", "Ogg"), ("mp3", "MP3"), ("id3", "ID3"), ("aiff", "AIFF"), ("caf", "CAF"),
      ("m4a", "M4A"), ("amr", "AMR"), ("au", "AU"), ("png", "PNG"), ("gzip", "gzip"), ("html", "HTML"),
      ("json", "JSON"), ("text", "text"),
    ])
  func foreign(name: String, kind: String) throws {
    let fixture = try #require(Fixture.damaged.first { $0.name == "damaged/not-riff-\(name).wav" })
    let finding = try #require(WAVE.inspect(try fixture.bytes).findings.first)
    #expect(finding.message.contains(kind))
  }
}
