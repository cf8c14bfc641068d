import Testing
import WAVE

@testable import AudioPrep

/// The list of fixtures promises what is found in all of them; here is what it does not say.
@Suite("check on samples") struct SamplesFixtureTests {
  static let levels = Promise.all.filter { $0.name.hasPrefix("levels/") }

  @Test("has a fixture for every finding about samples") func coverage() {
    let promised = SamplesFixtureTests.levels.flatMap(\.findings).map { $0.prefix { $0 != "@" && $0 != ":" } }
    let ids: [Finding.ID] = [
      .silent, .mostlySilent, .clipped, .overFullScale, .nonFinite, .dcOffset, .levelLow, .channelSilent,
      .channelsIdentical, .channelsAntiphase, .dropouts, .bandLimited,
    ]
    for id in ids { #expect(promised.contains(Substring(id.rawValue)), "\(id)") }
  }

  @Test("leaves samples alone with --headers-only", arguments: levels)
  func headersOnly(promise: Promise) throws {
    let report = try Checker(options: .init(profile: .wave, headersOnly: true)).check(promise.path)
    #expect(report.findings.isEmpty)
    #expect(report.levels == nil)
  }

  @Test("measures every fixture that has samples to measure", arguments: levels)
  func measured(promise: Promise) throws {
    #expect(try Checker().check(promise.path).levels != nil)
  }
}
