import AudioDSP
import Foundation
import Testing
import WAVE

@testable import AudioPrep

@Suite("Channels of normalized files") struct NormalizeChannelTests {
  /// A file and what its channels have to do with each other: as WAV, which is read at any place, and as FLAC, which
  /// is read from the beginning again for each pass.
  private func recordings(_ scratch: Scratch, _ remix: String...) throws -> [String] {
    let source = try scratch.noise("source.wav", "-b", "16", channels: 3, frames: 200_000)
    return try ["in.wav", "in.flac"].map { name in
      try tool(["sox", "-D", source, scratch(name), "remix"] + remix)
      return scratch(name)
    }
  }

  @Test("that are the same become one")
  func identical() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "1", "1", "1") {
      let report = try normalize(input, to: scratch("out.wav"))
      #expect(report.steps.first == "channels 3→1 (identical)")
      #expect(report.findings == [])
      #expect(try Reading(scratch("out.wav")).floats == Reading(input).channel(2))
    }
  }

  @Test("that differ are kept, when there are two")
  func different() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "1", "2") {
      try normalize(input, to: scratch("out.wav"))
      #expect(try Reading(scratch("out.wav")).floats == Reading(input).floats)
    }
  }

  @Test("that differ in their last frame alone are kept")
  func lateDifference() throws {
    let scratch = try Scratch()
    var samples = [Float](repeating: 0.25, count: 2 * 200_000)
    samples[samples.count - 1] = 0.5
    try normalize(try scratch.floats("in.wav", samples, channels: 2), to: scratch("out.wav")) { $0.dither = .none }
    #expect(try Reading(scratch("out.wav")).floats == samples)
  }

  @Test("that differ are mixed with a warning, when there are more than two, and kept on demand")
  func many() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "1", "2", "3") {
      let report = try normalize(input, to: scratch("out.wav")) { $0.format = .float32 }
      #expect(report.steps.first == "channels 3→1 (mixed)")
      #expect(report.findings.map(\.id) == [.channelsMixed])
      #expect(report.findings.map(\.severity) == [.warning])
      let all = try Reading(input)
      let made = try Reading(scratch("out.wav"))
      #expect(made.floats.count == all.frames)
      let (first, second, third) = (all.channel(0), all.channel(1), all.channel(2))
      for frame in 0..<all.frames {
        let mean = (first[frame] + second[frame] + third[frame]) / 3
        if abs(made.floats[frame] - mean) > 1e-6 { Issue.record("frame \(frame) is not the mean") }
      }

      try normalize(input, to: scratch("kept.wav")) { $0.channels = .keep }
      #expect(try Reading(scratch("kept.wav")).floats == all.floats)
    }
  }

  @Test("in antiphase give the louder one, with a warning")
  func antiphase() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "1v0.8", "1v-1") {
      let report = try normalize(input, to: scratch("out.wav")) { $0.channels = .mono }
      #expect(report.steps.first == "channels 2→1 (antiphase: only channel 2)")
      #expect(report.findings.map(\.id) == [.channelsAntiphase])
      #expect(try Reading(scratch("out.wav")).floats == Reading(input).channel(1))
    }
  }

  @Test("are in antiphase for normalize where they are for check", arguments: [-1, -0.8, -0.6, -0.45, -0.3, 0, 0.5])
  func oneDefinition(factor: Double) throws {
    let scratch = try Scratch()
    let input = try recordings(scratch, "1", "1v\(factor)")[0]
    let report = try normalize(input, to: scratch("out.wav")) { $0.channels = .mono }
    let check = try Checker().check(input)
    #expect(
      report.findings.contains { $0.id == .channelsAntiphase }
        == check.findings.contains { $0.id == .channelsAntiphase })
    // The sum's power over the sum of powers, against the fifth that LevelThreshold draws the line at.
    let share = (1 + factor) * (1 + factor) / (1 + factor * factor)
    #expect(report.findings.contains { $0.id == .channelsAntiphase } == (share < 0.2))
  }

  @Test("beside silent ones are not in antiphase")
  func alone() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "0", "0", "0", "1", "0", "0") {
      let report = try normalize(input, to: scratch("out.wav")) { $0.channels = .mono }
      #expect(report.steps.first == "channels 6→1 (mixed)")
      #expect(report.findings == [])
    }
  }

  @Test("are chosen by number, in any order, twice too")
  func chosen() throws {
    let scratch = try Scratch()
    for input in try recordings(scratch, "1", "2", "3") {
      try normalize(input, to: scratch("out.wav")) { $0.channels = .select([2, 0, 2, 1]) }
      let (all, made) = (try Reading(input), try Reading(scratch("out.wav")))
      #expect((0..<4).map(made.channel) == [2, 0, 2, 1].map(all.channel))
    }
  }

  @Test("that are not there are an error that says how many there are", arguments: [3, 70_000, -1])
  func missing(channel: Int) throws {
    let scratch = try Scratch()
    let input = try recordings(scratch, "1", "2", "3")[0]
    let error = try #require(failure(input, to: scratch("out.wav")) { $0.channels = .select([0, channel]) })
    #expect(error.description.contains("no channel \(channel + 1): it has 3"))
  }

  @Test("by the dozen are kept, and by the hundred refused", arguments: [(128, true), (129, false), (1000, false)])
  func great(channels: Int, isTaken: Bool) throws {
    let scratch = try Scratch()
    let header = OutputHeader(sample: .integer(bits: 16), channels: channels, sampleRate: 384_000, frames: 3000)
    let samples = (0..<3000 * channels).flatMap { [UInt8(truncatingIfNeeded: $0 * 7), UInt8($0 % 100)] }
    let input = try scratch.write(header.bytes + samples, "in.wav")
    let error = failure(input, to: scratch("out.wav")) { $0.channels = .keep }
    #expect((error == nil) == isTaken, "\(error?.description ?? "")")
    if isTaken { #expect(try Reading(scratch("out.wav")).channels == channels) }
  }
}
