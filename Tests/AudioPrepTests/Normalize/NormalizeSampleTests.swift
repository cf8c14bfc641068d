import AudioDSP
import CSamplerate
import Foundation
import Testing

@testable import AudioPrep

@Suite("Samples of normalized files") struct NormalizeSampleTests {
  /// Files that sox writes: the ending, options, channels.
  static let encodings: [(ending: String, options: [String], channels: Int)] = [
    ("wav", ["-e", "unsigned", "-b", "8"], 2), ("wav", ["-b", "16"], 2), ("wav", ["-b", "24"], 3),
    ("wav", ["-b", "32"], 2), ("wav", ["-e", "float", "-b", "64"], 2), ("wav", ["-B", "-b", "16"], 2),
    ("wav", ["-e", "a-law"], 2), ("wav", ["-e", "mu-law"], 1), ("wav", ["-e", "ima-adpcm"], 2),
    ("wav", ["-e", "ms-adpcm"], 2), ("wav", ["-e", "gsm-full-rate"], 1), ("w64", ["-b", "16"], 2),
    ("flac", ["-b", "24"], 4), ("ogg", [], 2), ("aiff", ["-b", "16"], 2), ("caf", ["-b", "24"], 2),
  ]

  @Test("are those that libsndfile reads, for every encoding", arguments: encodings.indices)
  func decoding(index: Int) throws {
    let (ending, options, channels) = Self.encodings[index]
    let scratch = try Scratch()
    let input = scratch("in." + ending)
    let wide = try scratch.noise("wide.wav", "-b", "24", channels: channels)
    try tool(["sox", "-D", wide] + options + [input])
    try normalize(input, to: scratch("out.wav")) { ($0.channels, $0.format) = (.keep, .float32) }
    let (expected, made) = (try Reading(input), try Reading(scratch("out.wav")))
    #expect(made.channels == channels)
    #expect(made.frames == expected.frames)
    #expect(made.floats == expected.floats)
  }

  @Test("of 16 bits stay what they are where 16 bits come out", arguments: ["wav", "flac", "aiff"])
  func lossless(ending: String) throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in." + ending, "-b", "16")
    try tool("sox", "-D", input, "-B", scratch("in-turned.wav"))
    for input in [input, scratch("in-turned.wav")] {
      let report = try normalize(input, to: scratch("out.wav"))
      #expect(!report.steps.contains { $0.contains("tpdf") })
      #expect(try Reading(scratch("out.wav")).integers == Reading(input).integers)
    }
  }

  @Test("are dithered only where bits are lost, and then by less than two steps")
  func dither() throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "24")
    let exact = try Reading(input).integers.map { Double($0) / 65536 }

    try normalize(input, to: scratch("rounded.wav")) { $0.dither = .none }
    let rounded = try Reading(scratch("rounded.wav")).integers.map { $0 / 65536 }
    #expect(rounded == exact.map { Int32(min(32767, $0.rounded(.toNearestOrEven))) })

    let report = try normalize(input, to: scratch("dithered.wav"))
    #expect(report.steps == ["bits 24→16 (tpdf)"])
    let errors = zip(try Reading(scratch("dithered.wav")).integers, exact).map { Double($0 / 65536) - $1 }
    #expect(errors.allSatisfy { abs($0) <= 1.5 })
    // Triangular noise of two steps and rounding: 2/12 + 1/12 of a step squared (Lipshitz and others, 1992).
    #expect(abs(errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count) - 0.25) < 0.01)
  }

  @Test("are of the kind that was asked for, as sox reads it", arguments: Quantizer.Format.allCases)
  func formats(format: Quantizer.Format) throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "24")
    try normalize(input, to: scratch("out.wav")) { $0.format = format }
    let kind = format == .float32 ? "Floating Point PCM" : "Signed Integer PCM"
    #expect(try tool("soxi", "-b", scratch("out.wav")) == "\(format.bytesPerSample * 8)\n")
    #expect(try tool("soxi", "-e", scratch("out.wav")) == kind + "\n")
    // 24 bits fit a float, so all but 16 bits hold them whole.
    if format != .pcm16 { #expect(try Reading(scratch("out.wav")).floats == Reading(input).floats) }
  }

  @Test("have the gain that was asked for, as sox measures it", arguments: [-20.0, -3.5, 2.0])
  func gain(gain: Double) throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "16")
    try normalize(input, to: scratch("out.wav")) { $0.gain = gain }
    let change = try soxLevel("RMS lev dB", scratch("out.wav")) - soxLevel("RMS lev dB", input)
    #expect(abs(change - gain) < 0.02)
  }

  @Test(
    "have the peak that was asked for, as sox measures it, and are not clipped", arguments: [0, -1, -20.0],
    ["in.wav", "in.flac"])
  func peak(peak: Double, name: String) throws {
    let scratch = try Scratch()
    let input = try scratch.noise(name, "-b", "16", rate: 44100)
    let report = try normalize(input, to: scratch("out.wav")) { $0.peak = peak }
    #expect(abs(try soxLevel("Pk lev dB", scratch("out.wav")) - peak) < 0.011)
    #expect(report.clippedSamples == 0)
  }

  @Test("of silence have no peak, and stay silent")
  func silence() throws {
    let scratch = try Scratch()
    let input = try scratch.floats("in.wav", Array(repeating: 0, count: 5000))
    try normalize(input, to: scratch("out.wav")) { ($0.peak, $0.dither) = (-1, .none) }
    #expect(try Reading(scratch("out.wav")).integers == Array(repeating: 0, count: 5000))
  }

  @Test("beyond full scale are held there and counted")
  func clipping() throws {
    let scratch = try Scratch()
    let input = try scratch.floats("in.wav", [0.5, 1.5, -3, 3e38, -1])
    let report = try normalize(input, to: scratch("out.wav")) { $0.dither = .none }
    #expect(report.clippedSamples == 3)
    #expect(try Reading(scratch("out.wav")).integers.map { $0 >> 16 } == [16384, 32767, -32768, 32767, -32768])
  }

  @Test(
    "by libsamplerate are those of its own one-call converter, to the last bits",
    arguments: [
      (NormalizeOptions.ResamplerChoice.sincBest, SRC_SINC_BEST_QUALITY), (.sincMedium, SRC_SINC_MEDIUM_QUALITY),
      (.sincFastest, SRC_SINC_FASTEST),
    ])
  func libsamplerate(choice: NormalizeOptions.ResamplerChoice, converter: Int) throws {
    let scratch = try Scratch()
    // Longer than a block.
    let input = try scratch.noise("in.wav", "-b", "16", rate: 22050, frames: 70_000)
    try normalize(input, to: scratch("out.wav")) { ($0.resampler, $0.format) = (choice, .float32) }
    let made = try Reading(scratch("out.wav"))
    var source = try Reading(input)
    var expected = [Float](repeating: 0, count: made.floats.count)
    var data = SRC_DATA()
    let code = source.floats.withUnsafeMutableBufferPointer { source in
      expected.withUnsafeMutableBufferPointer { expected in
        (data.data_in, data.data_out) = (UnsafePointer(source.baseAddress), expected.baseAddress)
        (data.input_frames, data.output_frames) = (70_000, expected.count / 2)
        data.src_ratio = 16000 / 22050
        return src_simple(&data, Int32(converter), 2)
      }
    }
    #expect(code == 0)
    #expect(zip(made.floats, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(made.frames == Int((70_000.0 * 16000 / 22050).rounded()))
  }

  @Test(
    "are as many as the rates' ratio says, rounded",
    arguments: [(8000, 16000), (11025, 16000), (44100, 16000), (48000, 16000), (96000, 44100), (192_000, 8000)],
    [NormalizeOptions.ResamplerChoice.polyphase, .sincFastest])
  func length(rates: (from: Int, to: Int), resampler: NormalizeOptions.ResamplerChoice) throws {
    let scratch = try Scratch()
    for frames in [13, 1000, 65_537] {
      let input = try scratch.noise("in.wav", "-b", "16", rate: rates.from, channels: 1, frames: frames)
      try normalize(input, to: scratch("out.wav")) { ($0.rate, $0.resampler) = (.hertz(rates.to), resampler) }
      let made = try Reading(scratch("out.wav"), samples: false)
      #expect(made.frames == (2 * frames * rates.to + rates.from) / (2 * rates.from))
      #expect(made.rate == rates.to)
    }
  }

  @Test("are the same bytes for any number of threads, and from FLAC", arguments: [44100, 48000, 16000])
  func threads(rate: Int) throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "24", rate: rate, frames: 300_000)
    try tool("sox", input, scratch("in.flac"))
    try normalize(input, to: scratch("out.wav"), threads: 1) { $0.gain = -1 }
    let expected = try bytes(scratch("out.wav"))
    for (name, threads) in [("in.wav", 2), ("in.wav", 7), ("in.flac", 1), ("in.flac", 3)] {
      try normalize(scratch(name), to: scratch("other.wav"), threads: threads) { $0.gain = -1 }
      #expect(try bytes(scratch("other.wav")) == expected)
    }
  }
}
