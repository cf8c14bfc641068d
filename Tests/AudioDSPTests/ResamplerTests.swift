import CSamplerate
import Testing

@testable import AudioDSP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Rates in and out.
struct Rates: CustomTestStringConvertible, Sendable {
  let from: Int
  let to: Int

  init(_ from: Int, _ to: Int) {
    self.from = from
    self.to = to
  }

  var testDescription: String { "\(from) → \(to) Hz" }
  var nyquist: Double { Double(min(from, to)) / 2 }

  /// What recordings come in and the recogniser takes, and a few that stress the planner.
  static let common = [
    Rates(48_000, 16_000), Rates(44_100, 16_000), Rates(8_000, 16_000), Rates(96_000, 16_000), Rates(48_000, 8_000),
    Rates(44_100, 8_000), Rates(22_050, 16_000), Rates(11_025, 16_000), Rates(32_000, 16_000), Rates(24_000, 16_000),
    Rates(12_000, 16_000), Rates(192_000, 16_000), Rates(384_000, 8_000), Rates(4_000, 48_000), Rates(44_100, 48_000),
    Rates(16_000, 44_100), Rates(37_800, 16_000), Rates(11_000, 8_000),
  ]
}

/// A way to resample: rates, build of the kernels, method of the last stage.
struct Way: CustomTestStringConvertible, Sendable {
  let rates: Rates
  let set: InstructionSet
  let method: FinalStage.Method

  var testDescription: String { "\(rates.testDescription), \(set.rawValue), \(method)" }

  func resampler() throws -> Resampler {
    try Resampler(from: rates.from, to: rates.to, instructionSet: set, methods: [method])
  }

  static let all: [Way] =
    [Rates(48_000, 16_000), Rates(44_100, 16_000), Rates(8_000, 16_000), Rates(48_000, 44_100), Rates(96_000, 8_000)]
    .flatMap { rates in
      InstructionSet.available.flatMap { set in
        FinalStage.Method.allCases.map { Way(rates: rates, set: set, method: $0) }
      }
    }
}

@Suite("A resampler")
struct ResamplerTests {
  @Test("answers as the band-limited signal itself, at every instant and every pair of rates", arguments: Rates.common)
  func exact(rates: Rates) throws {
    try expectExact(Resampler(from: rates.from, to: rates.to), rates)
  }

  @Test("answers the same by either method and either build", arguments: Way.all)
  func ways(way: Way) throws {
    try expectExact(way.resampler(), way.rates)
  }

  private func expectExact(_ resampler: Resampler, _ rates: Rates) throws {
    let tones = Tones(noiseBelow: rates.nyquist * 0.9, count: 60)
    let signal = tones.samples(rate: rates.from, count: rates.from * 2 / 5)
    let output = resampled(signal, resampler)
    // The signal starts and ends abruptly, which is not band-limited: leave the filter's length out at both ends.
    let edge = Int(160 * Double(rates.to) / rates.nyquist / 2)
    let errors = (edge..<output.count - edge).map {
      Double(output[$0]) - tones.value(at: Double($0) / Double(rates.to))
    }
    #expect(decibels(errors) - decibels(tones.samples(rate: 48_000, count: 9_600).map(Double.init)) < -120)
  }

  @Test("agrees with libsamplerate's best converter", arguments: [Rates(48_000, 16_000), Rates(44_100, 16_000)])
  func libsamplerate(rates: Rates) throws {
    let tones = Tones(noiseBelow: rates.nyquist * 0.9, count: 60, seed: 11)
    let signal = tones.samples(rate: rates.from, count: rates.from / 2)
    let ours = try resampled(signal, Resampler(from: rates.from, to: rates.to))
    var theirs = [Float](repeating: 0, count: ours.count)
    let frames = theirs.count
    let code = signal.withUnsafeBufferPointer { input in
      theirs.withUnsafeMutableBufferPointer { output in
        var data = SRC_DATA()
        data.data_in = input.baseAddress
        data.data_out = output.baseAddress
        data.input_frames = input.count
        data.output_frames = frames
        data.src_ratio = Double(rates.to) / Double(rates.from)
        return src_simple(&data, Int32(SRC_SINC_BEST_QUALITY), 1)
      }
    }
    #expect(code == 0)
    let inner = 500..<ours.count - 500
    #expect(decibels(inner.map { Double(ours[$0] - theirs[$0]) }) - decibels(inner.map { Double(ours[$0]) }) < -112)
  }

  @Test("makes the same bits however the output is cut", arguments: Way.all)
  func blocks(way: Way) throws {
    let resampler = try way.resampler()
    let signal = mixedSamples(way.rates.from / 2 + 17)
    let whole = resampled(signal, resampler)
    for block in [1_001, 4_096, resampler.blockAlignment] {
      #expect(resampled(signal, resampler, block: block).map(\.bitPattern) == whole.map(\.bitPattern))
    }
  }

  @Test("gives round(frames × out ÷ in) frames", arguments: Rates.common)
  func length(rates: Rates) throws {
    let resampler = try Resampler(from: rates.from, to: rates.to)
    for frames in [0, 1, 2, 3, 7, 1_000, 44_099, 44_100, 48_000, 123_457, 4_294_967_296] as [Int64] {
      let exact = Double(frames) * Double(rates.to) / Double(rates.from)
      #expect(resampler.outputFrames(forInput: frames) == Int64((exact).rounded(.toNearestOrAwayFromZero)))
    }
    #expect(resampler.outputFrames(forInput: .max) > 0)
  }

  @Test("leaves no delay in: an impulse comes out where it went in, symmetrical", arguments: Way.all)
  func impulse(way: Way) throws {
    // An input frame at which an output stands.
    let divisor = greatestCommonDivisor(way.rates.from, way.rates.to)
    let place = 30 * way.rates.from / divisor * max(1, 1_000 * divisor / way.rates.to)
    var signal = [Float](repeating: 0, count: 2 * place)
    signal[place] = 1
    let output = try resampled(signal, way.resampler())
    let centre = place * way.rates.to / way.rates.from
    let peak = output.indices.max { output[$0] < output[$1] }
    #expect(peak == centre)
    for distance in 1..<200 {
      #expect(abs(output[centre - distance] - output[centre + distance]) < 1e-6)
    }
  }

  @Test("takes a recording of one frame", arguments: Way.all)
  func single(way: Way) throws {
    let output = try resampled([0.5], way.resampler())
    #expect(output.count == Int((Double(way.rates.to) / Double(way.rates.from)).rounded()))
    #expect(output.allSatisfy { $0.isFinite })
  }

  @Test("keeps silence silent, to the bit", arguments: Way.all)
  func silence(way: Way) throws {
    let output = try resampled([Float](repeating: 0, count: 10_000), way.resampler())
    #expect(output.allSatisfy { $0 == 0 })
  }

  @Test("is flat within 0.01 dB to 90 % of the lower Nyquist frequency", arguments: Rates.common)
  func passband(rates: Rates) throws {
    for fraction in [0.01, 0.3, 0.6, 0.8, 0.88, 0.9] {
      let gain = try gain(rates, at: fraction)
      #expect(abs(gain) < 0.01)
    }
  }

  @Test("is no more than 3 dB down at 95 % of it", arguments: Rates.common)
  func corner(rates: Rates) throws {
    let gain = try gain(rates, at: 0.95)
    #expect(gain > -3.0103)
  }

  @Test("lets nothing at or above it through, neither alias nor image", arguments: Rates.common)
  func stopband(rates: Rates) throws {
    if rates.from > rates.to {
      for fraction in [1.0, 1.01, 1.05, 1.3, 1.5, 1.9, 2, 2.1, 2.9, 3] {
        let frequency = rates.nyquist * fraction
        guard frequency < Double(rates.from) / 2 else { continue }
        let level = try decibels(tone(rates, frequency + 1))
        #expect(level < -125)
      }
    } else {
      // Images of a tone: what is left when the tone itself is taken away.
      for fraction in [0.2, 0.5, 0.9] {
        let frequency = rates.nyquist * fraction
        let output = try tone(rates, frequency)
        #expect(decibels(Fit(output, frequency, rate: rates.to).residue) < -125)
      }
    }
  }

  @Test("adds noise and distortion of no more than −130 dB to 997 Hz at −1 dBFS", arguments: Way.all)
  func distortion(way: Way) throws {
    let amplitude = pow(10, -1 / 20.0)
    let signal = Tones(997, amplitude: amplitude).samples(rate: way.rates.from, count: way.rates.from)
    let output = try inner(resampled(signal, way.resampler()), way.rates)
    #expect(decibels(Fit(output, 997, rate: way.rates.to).residue) - decibels(output) < -130)
  }

  @Test("refuses rates out of range, and ratios that need too many phases")
  func refusals() {
    #expect(throws: Resampler.Failure.rateUnsupported(3_999)) { try Resampler(from: 3_999, to: 8_000) }
    #expect(throws: Resampler.Failure.rateUnsupported(384_001)) { try Resampler(from: 8_000, to: 384_001) }
    #expect(throws: Resampler.Failure.tooManyPhases(from: 44_101, to: 16_000)) {
      try Resampler(from: 44_101, to: 16_000)
    }
  }

  /// The response to a tone, in dB.
  private func gain(_ rates: Rates, at fraction: Double) throws -> Double {
    let frequency = rates.nyquist * fraction
    let fit = try Fit(tone(rates, frequency), frequency, rate: rates.to)
    return 20 * log10(fit.amplitude / 0.5)
  }

  /// What comes out for a tone of amplitude a half, without the ends.
  private func tone(_ rates: Rates, _ frequency: Double) throws -> [Double] {
    let resampler = try Resampler(from: rates.from, to: rates.to)
    let signal = Tones(frequency).samples(rate: rates.from, count: rates.from / 2)
    return inner(resampled(signal, resampler), rates)
  }

  private func inner(_ output: [Float], _ rates: Rates) -> [Double] {
    let edge = Int(160 * Double(rates.to) / rates.nyquist / 2)
    return output[edge..<output.count - edge].map(Double.init)
  }
}
