import Testing

@testable import AudioDSP

/// A format and the build that makes it.
struct QuantizeCase: CustomTestStringConvertible, Sendable {
  let format: Quantizer.Format
  let set: InstructionSet

  var testDescription: String { "\(format.rawValue), \(set.rawValue)" }

  static let all = InstructionSet.available.flatMap { set in
    Quantizer.Format.allCases.map { QuantizeCase(format: $0, set: set) }
  }
}

@Suite("The quantiser")
struct QuantizerTests {
  @Test(
    "rounds to nearest, ties to even, saturates, and takes NaN for silence", arguments: QuantizeCase.all, [1, 2, 3])
  func definition(quantize: QuantizeCase, channels: Int) throws {
    let bits = 8 * quantize.format.bytesPerSample
    let quantizer = Quantizer(format: quantize.format, dither: .none, instructionSet: quantize.set)
    let step = Float(sign: .plus, exponent: 1 - bits, significand: 1)
    let special: [Float] = [
      .nan, .infinity, -.infinity, 1, -1, -1 - step, 0.5 * step, 1.5 * step, -0.5 * step, -2.5 * step, 3e38, -3e38,
      0x1.fffffep-1, -0.0, .leastNonzeroMagnitude,
    ]
    for count in [0, 1, 7, 8, 9, 64, 101] {
      let input = (0..<channels).map { channel in
        (special + mixedSamples(count, seed: UInt64(channel), nonFinite: true)).suffix(count).map { $0 }
      }
      let (bytes, clipped) = run(quantizer, input)
      var expectedClipped = 0
      for frame in 0..<count {
        for channel in 0..<channels {
          let place = (frame * channels + channel) * quantize.format.bytesPerSample
          let value = input[channel][frame]
          if quantize.format == .float32 {
            let expected = value.isNaN ? 0 : min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
            #expect(Float(bitPattern: UInt32(word(bytes, place, 4))) == expected)
            continue
          }
          let scaled = value.isNaN ? 0 : Double(value) * Double(sign: .plus, exponent: bits - 1, significand: 1)
          let rounded = scaled.rounded(.toNearestOrEven)
          let limit = Double(sign: .plus, exponent: bits - 1, significand: 1)
          // The largest float below 2³¹ is 128 below it: what is above, saturates there.
          let highest = bits == 32 ? limit - 128 : limit - 1
          if rounded > highest || rounded < -limit { expectedClipped += 1 }
          let unsigned = UInt64(bitPattern: Int64(min(max(rounded, -limit), highest)))
          #expect(word(bytes, place, bits / 8) == unsigned & (UInt64.max >> (64 - bits)))
        }
      }
      #expect(clipped == expectedClipped)
    }
  }

  @Test("applies the gain before it rounds", arguments: QuantizeCase.all)
  func gain(quantize: QuantizeCase) {
    let plain = Quantizer(format: quantize.format, dither: .none, instructionSet: quantize.set)
    let loud = Quantizer(format: quantize.format, dither: .none, gain: 4, instructionSet: quantize.set)
    let input = mixedSamples(100)
    #expect(run(loud, [input.map { $0 / 8 }]).bytes == run(plain, [input.map { $0 / 2 }]).bytes)
  }

  @Test("makes the same bytes in every build", arguments: [Quantizer.Format.pcm16, .pcm24])
  func builds(format: Quantizer.Format) {
    let input = [mixedSamples(1_003), mixedSamples(1_003, seed: 6)]
    let outputs = InstructionSet.available.map {
      run(Quantizer(format: format, dither: .tpdf, seed: 5, instructionSet: $0), input).bytes
    }
    for output in outputs { #expect(output == outputs[0]) }
  }

  @Test("makes the same bytes however the frames are cut", arguments: QuantizeCase.all)
  func blocks(quantize: QuantizeCase) {
    let quantizer = Quantizer(format: quantize.format, dither: .tpdf, seed: 3, instructionSet: quantize.set)
    let input = [mixedSamples(1_000), mixedSamples(1_000, seed: 6)]
    // Around the frame where the counter's 32 bits are used up.
    let first = Int64(UInt32.max) - 500
    let whole = run(quantizer, input, firstFrame: first).bytes
    var pieces: [UInt8] = []
    for (start, end) in [(0, 1), (1, 14), (14, 499), (499, 503), (503, 1_000)] {
      pieces += run(quantizer, input.map { Array($0[start..<end]) }, firstFrame: first + Int64(start)).bytes
    }
    #expect(pieces == whole)
  }

  @Test("adds noise whose total error has no mean and a quarter of a step squared", arguments: InstructionSet.available)
  func power(set: InstructionSet) {
    // Whatever the signal's place between two steps: this is what triangular dither is for.
    for fraction in [0.0, 0.25, 0.5, 0.9] as [Float] {
      let errors = errors(set, channel: 0, constant: 100 + fraction)
      let mean = errors.reduce(0, +) / Double(errors.count)
      let power = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      #expect(abs(mean) < 0.006)
      #expect(abs(power - 0.25) < 0.003)
    }
  }

  @Test("adds noise with no likeness between neighbours, channels or seeds", arguments: InstructionSet.available)
  func independence(set: InstructionSet) {
    let errors = errors(set, channel: 0, constant: 0)
    func correlation(_ other: some Collection<Double>) -> Double {
      zip(errors, other).reduce(0) { $0 + $1.0 * $1.1 } / Double(errors.count) / 0.25
    }
    for lag in [1, 2, 3, 4, 8, 16, 256, 4_096, 65_536] { #expect(abs(correlation(errors.dropFirst(lag))) < 0.012) }
    for channel in 1...4 { #expect(abs(correlation(self.errors(set, channel: channel, constant: 0))) < 0.012) }
    #expect(abs(correlation(self.errors(set, channel: 0, constant: 0, seed: 2))) < 0.012)
    #expect(abs(correlation(self.errors(set, channel: 0, constant: 0, firstFrame: 1 << 32))) < 0.012)
  }

  /// Errors of 2¹⁸ samples of a constant, in steps.
  private func errors(
    _ set: InstructionSet, channel: Int, constant: Float, seed: UInt64 = 1, firstFrame: Int64 = 0
  ) -> [Double] {
    let count = 1 << 18
    let quantizer = Quantizer(format: .pcm16, dither: .tpdf, seed: seed, instructionSet: set)
    let input = Array(repeating: [Float](repeating: constant * 0x1p-15, count: count), count: channel + 1)
    let bytes = run(quantizer, input, firstFrame: firstFrame).bytes
    return (0..<count).map { frame in
      let place = 2 * (frame * (channel + 1) + channel)
      return Double(Int16(bitPattern: UInt16(word(bytes, place, 2)))) - Double(constant)
    }
  }

  private func run(_ quantizer: Quantizer, _ input: [[Float]], firstFrame: Int64 = 0) -> (bytes: [UInt8], clipped: Int)
  {
    let frames = input[0].count
    var bytes = [UInt8](repeating: 0xEE, count: frames * input.count * quantizer.format.bytesPerSample + 1)
    var span = bytes.mutableSpan
    var raw = span.mutableBytes
    let clipped = quantizer.quantize(planar(input), frames: frames, firstFrame: firstFrame, into: &raw)
    #expect(bytes.removeLast() == 0xEE)
    return (bytes, clipped)
  }

  private func word(_ bytes: [UInt8], _ place: Int, _ count: Int) -> UInt64 {
    bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
