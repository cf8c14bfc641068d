import Foundation
import Testing
import WAVE

@testable import AudioPrep

/// What the list of level fixtures promises of a file in the profile `wave`.
struct LevelPromise: CustomStringConvertible, Sendable {
  /// The file's name.
  var name: String
  /// The findings, each as `id@offset:severity`, sorted.
  var findings: [String]

  var description: String { name }
  var path: String { LevelPromise.folder.appending(path: name).path }

  static let folder = Promise.folder.appending(path: "levels")

  /// All level fixtures. An unreadable list gives none, which a test notices.
  static let all: [LevelPromise] = {
    let list = (try? String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)) ?? ""
    return list.split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == 3 else { return nil }
      return LevelPromise(name: String(columns[0]), findings: columns[1].split(separator: " ").map(String.init))
    }
  }()
}

@Suite("check on samples") struct SamplesFixtureTests {
  @Test("has a list of recordings") func list() { #expect(LevelPromise.all.count > 30) }

  @Test("finds exactly what the list promises", arguments: LevelPromise.all)
  func findings(promise: LevelPromise) throws {
    let report = try Checker(options: .init(profile: .wave)).check(promise.path)
    let found = report.findings.map { finding in
      finding.id.rawValue + (finding.offset.map { "@\($0)" } ?? "") + ":\(finding.severity.rawValue)"
    }
    #expect(found.sorted() == promise.findings)
  }

  @Test("has a recording for every finding about samples") func coverage() {
    let promised = Set(LevelPromise.all.flatMap(\.findings).map { String($0.prefix { $0 != "@" && $0 != ":" }) })
    let ids: [Finding.ID] = [
      .silent, .mostlySilent, .clipped, .overFullScale, .nonFinite, .dcOffset, .levelLow, .channelSilent,
      .channelsIdentical, .channelsAntiphase, .dropouts, .bandLimited,
    ]
    #expect(promised == Set(ids.map(\.rawValue)))
  }

  @Test("finds nothing about the samples of the structural fixtures", arguments: Promise.all.filter { $0.name.hasPrefix("damaged/") })
  func damaged(promise: Promise) throws {
    let whole = try Checker().check(promise.path)
    let headers = try Checker(options: .init(headersOnly: true)).check(promise.path)
    #expect(whole.findings == headers.findings)
  }

  @Test("leaves samples alone with --headers-only", arguments: LevelPromise.all)
  func headersOnly(promise: LevelPromise) throws {
    let report = try Checker(options: .init(profile: .wave, headersOnly: true)).check(promise.path)
    #expect(report.findings.isEmpty)
    #expect(report.levels == nil)
  }
}
