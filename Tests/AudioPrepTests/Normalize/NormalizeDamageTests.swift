import AudioDSP
import Foundation
import Testing
import WAVE

@testable import AudioPrep

@Suite("Damaged input of normalize") struct NormalizeDamageTests {
  @Test(
    "is taken as far as its audio goes, and the fault is told",
    arguments: [
      ("data-truncated", Finding.ID.dataTruncated), ("data-size-placeholder-ones", .dataSizePlaceholder),
      ("data-size-placeholder-zero", .dataSizePlaceholder), ("riff-size-mismatch", .riffSizeMismatch),
      ("data-partial-frame", .dataPartialFrame), ("trailing-bytes", .trailingBytes),
    ])
  func structure(name: String, id: Finding.ID) throws {
    let scratch = try Scratch()
    let report = try normalize(Promise.folder.appending(path: "damaged/\(name).wav").path, to: scratch("out.wav"))
    #expect(report.findings.contains { $0.id == id })
    let check = try Checker(options: .init(headersOnly: true)).check(scratch("out.wav"))
    #expect(check.findings.filter { $0.severity > .info } == [])
  }

  @Test(
    "in FLAC ends where decoding does, and says so", arguments: [NormalizeOptions.ResamplerChoice.auto, .sincFastest])
  func cutFlac(resampler: NormalizeOptions.ResamplerChoice) throws {
    let scratch = try Scratch()
    let whole = try scratch.noise("in.flac", "-b", "16", rate: 22050, channels: 1, frames: 400_000)
    let expected = try Reading(whole).floats
    try scratch.cut("in.flac", to: 200_000)
    for rate in [22050, 16000] {
      let report = try normalize(scratch("in.flac"), to: scratch("out.wav")) {
        ($0.rate, $0.resampler) = (.hertz(rate), resampler)
      }
      let finding = try #require(report.findings.first { $0.id == .dataTruncated })
      #expect(finding.message.contains("of 400000 frames"))
      let made = try Reading(scratch("out.wav"))
      #expect(made.frames == Int(report.format.frames))
      #expect((100_000..<300_000).contains(made.frames * 22050 / rate))
      if rate == 22050 { #expect(made.floats == Array(expected.prefix(made.frames))) }
    }
  }

  @Test("that claims a length no file has costs neither time nor disk")
  func hugeClaim() throws {
    let scratch = try Scratch()
    var flac = try bytes(try scratch.noise("in.flac", "-b", "16", channels: 1, frames: 20_000))
    // STREAMINFO's total samples: the low 4 bits of byte 21, and 22 to 25 (RFC 9639, 8.2); the MD5 after that goes.
    flac.replaceSubrange(
      21..<42, with: [flac[21] | 0xF] + Array(repeating: 0xFF, count: 4) + Array(repeating: 0, count: 16))
    let report = try normalize(try scratch.write(flac, "in.flac"), to: scratch("out.wav"))
    #expect(report.format.frames == 20_000)
    #expect(try bytes(scratch("out.wav")).count == 44 + 40_000)
  }

  @Test(
    "that is no audio is refused, with what the header reader found",
    arguments: [
      ("fmt-missing", "fmt-missing"), ("channels-zero", "channels-zero"), ("not-riff-png", "not audio"),
      ("empty-file", "empty-file"), ("encoding-unknown", "encoding-unknown"),
    ])
  func useless(name: String, words: String) throws {
    let scratch = try Scratch()
    let path = Promise.folder.appending(path: "damaged/\(name).wav").path
    let error = try #require(failure(path, to: scratch("out.wav")))
    #expect(error.description.hasPrefix(path + ": "))
    #expect(error.description.contains(words))
    #expect(try scratch.names() == [])
  }

  @Test("NaN and infinity become silence there and nowhere else, and are told", arguments: [true, false])
  func nonFinite(isCopy: Bool) throws {
    let scratch = try Scratch()
    var samples = (0..<200_000).map { 0.5 * sin(Float($0) * 0.05) }
    let clean = try scratch.floats("clean.wav", samples)
    for (place, value) in [(70_000, Float.nan), (140_000, .infinity), (140_001, -.infinity)] { samples[place] = value }
    let input = try scratch.floats("in.wav", samples)
    let rate = isCopy ? 16000 : 8000
    let report = try normalize(input, to: scratch("out.wav")) { ($0.format, $0.rate) = (.float32, .hertz(rate)) }
    #expect(report.findings.map(\.id) == [.nonFinite])
    #expect(report.findings.first?.message.hasPrefix("3 samples") == true)
    try normalize(clean, to: scratch("expected.wav")) { ($0.format, $0.rate) = (.float32, .hertz(rate)) }
    let (made, expected) = (try Reading(scratch("out.wav")).floats, try Reading(scratch("expected.wav")).floats)
    #expect(made.allSatisfy { $0.isFinite })
    // A kernel of at most 1000 taps on either side, scaled to the output's rate.
    let reach = isCopy ? 1 : 500
    for (index, (sample, clean)) in zip(made, expected).enumerated() where abs(sample - clean) > 1e-5 {
      let nearest = [70_000, 140_000].map { abs($0 * rate / 16000 - index) }.min() ?? 0
      #expect(nearest <= reach)
    }
  }

  @Test("that shrinks while it is read is an error that names it", arguments: ["in.wav", "in.flac", "in.ogg"])
  func shrinking(name: String) throws {
    let scratch = try Scratch()
    let input = try InputFile(try scratch.noise(name, rate: 44100, frames: 600_000))
    try scratch.cut(name, to: 100_000)
    do throws(NormalizeError) {
      _ = try Normalizer().normalize(input, to: scratch("out.wav"))
      Issue.record("no error")
    } catch {
      #expect(error.description.hasPrefix(scratch(name) + ": cannot read byte"))
      #expect(error.description.contains("shorter"))
    }
    #expect(try scratch.names() == [name])
  }

  @Test("too short for a frame at the new rate is refused")
  func oneFrame() throws {
    let scratch = try Scratch()
    let input = try scratch.floats("in.wav", [0.5], rate: 48000)
    let error = try #require(failure(input, to: scratch("out.wav")))
    #expect(error.description.contains("less than one at 16000 Hz"))
    try normalize(input, to: scratch("out.wav")) { $0.rate = .hertz(48000) }
    #expect(try Reading(scratch("out.wav")).frames == 1)
    try normalize(input, to: scratch("out.wav")) { ($0.rate, $0.resampler) = (.hertz(96000), .sincBest) }
    #expect(try Reading(scratch("out.wav")).frames == 2)
  }
}

@Suite("Output of normalize") struct NormalizeOutputTests {
  @Test("is a copy bit for bit where the input fits", arguments: [1, 2])
  func copy(channels: Int) throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "16", channels: channels)
    let report = try normalize(input, to: scratch("out.wav"))
    #expect(!report.changed && report.steps == [])
    #expect(try bytes(scratch("out.wav")) == bytes(input))
  }

  @Test("may not be the input, by whatever name")
  func sameFile() throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "24")
    let before = try bytes(input)
    try FileManager.default.createSymbolicLink(atPath: scratch("link.wav"), withDestinationPath: input)
    for output in [input, scratch("link.wav"), scratch.path + "/./in.wav"] {
      #expect(failure(input, to: output)?.description.contains("it is the input") == true)
    }
    #expect(try bytes(input) == before)
  }

  @Test("of cancelled work does not appear", arguments: [NormalizeOptions.ResamplerChoice.auto, .sincFastest])
  func cancelled(resampler: NormalizeOptions.ResamplerChoice) throws {
    let scratch = try Scratch()
    for name in ["in.wav", "in.flac"] {
      let input = try scratch.noise(name, "-b", "16", rate: 48000)
      var normalizer = Normalizer()
      normalizer.options.resampler = resampler
      normalizer.isCancelled = { true }
      #expect(throws: NormalizeError.self) { try normalizer.normalize(input, to: scratch("out.wav")) }
    }
    #expect(try scratch.names() == ["in.flac", "in.wav"])
  }

  @Test("is not made from options that cannot be, and the remedy names the option")
  func options() throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "16")
    let wrong: [(String, (inout NormalizeOptions) -> Void)] = [
      ("--rate", { $0.rate = .hertz(0) }), ("--rate", { $0.rate = .hertz(-16000) }),
      ("--rate", { $0.rate = .hertz(1_000_000) }), ("--gain", { $0.gain = .nan }), ("--gain", { $0.gain = 400 }),
      ("--peak", { $0.peak = 1 }), ("--peak", { $0.peak = -.infinity }), ("--channels", { $0.channels = .select([]) }),
      ("--resampler", { ($0.rate, $0.resampler) = (.hertz(500_000), .polyphase) }),
    ]
    for (option, change) in wrong {
      let error = try #require(failure(input, to: scratch("out.wav"), change))
      #expect(error.description.contains(option))
    }
    #expect(try scratch.names() == ["in.wav"])
  }
}
