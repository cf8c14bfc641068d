import Foundation
import Testing
import WAVE

@testable import AudioPrep

/// What the list of fixtures promises of a file in the profile `speechkit-v3`.
struct Promise: CustomStringConvertible, Sendable {
  /// The file's path below `fixtures`.
  var name: String
  /// The exit code that `wavprep check` ends with.
  var exit: Int
  /// The findings, each as `id@offset:severity`, sorted.
  var findings: [String]

  var description: String { name }
  var path: String { Promise.folder.appending(path: name).path }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures")

  /// All fixtures. An unreadable list gives none, which a test notices.
  static let all: [Promise] = {
    let list = (try? String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)) ?? ""
    return list.split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 5, let exit = Int(columns[1]) else { return nil }
      return Promise(name: columns[0], exit: exit, findings: columns[2].split(separator: " ").map(String.init))
    }
  }()
}

@Suite("check on fixtures") struct CheckFixtureTests {
  private let checker = Checker()

  @Test("has a list of them") func list() { #expect(Promise.all.count > 100) }

  @Test("finds exactly what the list promises for the recogniser", arguments: Promise.all)
  func findings(promise: Promise) throws {
    let report = try checker.check(promise.path)
    let found = report.findings.map { finding in
      finding.id.rawValue + (finding.offset.map { "@\($0)" } ?? "") + ":\(finding.severity.rawValue)"
    }
    #expect(found.sorted() == promise.findings)
    #expect((report.verdict == .fail ? 1 : 0) == promise.exit)
  }

  @Test("prints what a JSON parser reads back", arguments: Promise.all)
  func json(promise: Promise) throws {
    let report = try checker.check(promise.path)
    let text = report.json.text
    #expect(!text.contains("\n"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(Set(object.keys) == ["path", "verdict", "format", "levels", "findings", "billing"])
    #expect(object["path"] as? String == promise.path)
    #expect((object["findings"] as? [[String: Any]])?.count == report.findings.count)
    #expect(object["format"] is NSNull == (report.format == nil))
    if let format = object["format"] as? [String: Any] {
      let keys = [
        "container", "encoding", "sampleRate", "channels", "bitsPerSample", "frames", "duration", "dataOffset",
        "dataBytes",
      ]
      #expect(Set(format.keys) == Set(keys))
    }
  }

  @Test("with --strict fails what has a warning") func strict() throws {
    let path = Promise.folder.appending(path: "damaged/trailing-bytes.wav").path
    #expect(try checker.check(path).verdict == .warn)
    #expect(try Checker(options: .init(headersOnly: true, strict: true)).check(path).verdict == .fail)
  }

  @Test("leaves other containers alone in the profile wave", arguments: ["rf64", "wave64", "big-endian"])
  func containers(name: String) throws {
    let path = Promise.folder.appending(path: "damaged/\(name).wav").path
    #expect(try Checker(options: .init(profile: .wave, headersOnly: true)).check(path).verdict == .pass)
    #expect(try checker.check(path).verdict == .fail)
  }
}
