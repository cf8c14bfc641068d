import Testing

@testable import AudioDSP

/// What the measuring kernels promise, against loops that do one sample after another.
@Suite("Measuring kernels")
struct MeterKernelTests {
  static let counts = [0, 1, 2, 3, 15, 16, 17, 31, 240, 4001]

  @Test(arguments: InstructionSet.available, counts)
  func `16-bit totals are exact`(set: InstructionSet, pairs: Int) throws {
    for contents in Int16Contents.allCases {
      let samples = contents.samples(2 * pairs)
      let totals = misaligned(samples) { MeterKernels(set).int16Pairs($0, pairs) }
      for half in 0..<2 {
        let own = stride(from: half, to: samples.count, by: 2).map { Int64(samples[$0]) }
        #expect(Int64(totals.minimum[half]) == own.min() ?? Int64(Int16.max))
        #expect(Int64(totals.maximum[half]) == own.max() ?? Int64(Int16.min))
        #expect(totals.sum[half] == own.reduce(0, +))
        #expect(totals.squares[half] == own.reduce(0) { $0 + $1 * $1 })
      }
      let product = (0..<pairs).reduce(0) { $0 + Int64(samples[2 * $1]) * Int64(samples[2 * $1 + 1]) }
      #expect(totals.product == product)
    }
  }

  @Test(arguments: InstructionSet.available)
  func `16-bit totals hold up to the longest run that is allowed`(set: InstructionSet) {
    let pairs = 1 << 18
    let samples = [Int16](repeating: .min, count: 2 * pairs)
    let totals = misaligned(samples) { MeterKernels(set).int16Pairs($0, pairs) }
    #expect(totals.sum == SIMD2(repeating: -32768 * Int64(pairs)))
    #expect(totals.squares == SIMD2(repeating: (1 << 30) * Int64(pairs)))
    #expect(totals.product == (1 << 30) * Int64(pairs))
  }

  @Test(arguments: InstructionSet.available, counts)
  func `24-bit totals are those of the samples`(set: InstructionSet, pairs: Int) {
    let samples = integers(2 * pairs, bits: 24)
    let bytes = samples.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0 >> 16)]
    }
    let totals = misaligned(bytes) { MeterKernels(set).int24Pairs($0, pairs) }
    expect(totals, of: samples.map { Double($0) * 256 })
  }

  @Test(arguments: InstructionSet.available, counts)
  func `32-bit totals are those of the samples`(set: InstructionSet, pairs: Int) {
    let samples = integers(2 * pairs, bits: 32).map { Int32(truncatingIfNeeded: $0) }
    expect(misaligned(samples) { MeterKernels(set).int32Pairs($0, pairs) }, of: samples.map(Double.init))
  }

  @Test(arguments: InstructionSet.available, counts)
  func `single-precision totals are those of the samples`(set: InstructionSet, pairs: Int) {
    var generator = SplitMix(pairs)
    var samples = (0..<2 * pairs).map { _ in Float.random(in: -1...1, using: &generator) }
    for (place, value) in zip(stride(from: 0, to: samples.count, by: 7), FloatContents.extremes) {
      samples[place] = value
    }
    expect(misaligned(samples) { MeterKernels(set).float32Pairs($0, pairs) }, of: samples.map(Double.init))
  }

  @Test(arguments: InstructionSet.available, counts)
  func `double-precision totals are those of the samples`(set: InstructionSet, pairs: Int) {
    var generator = SplitMix(pairs)
    let samples = (0..<2 * pairs).map { _ in Double.random(in: -1...1, using: &generator) }
    expect(misaligned(samples) { MeterKernels(set).float64Pairs($0, pairs) }, of: samples)
  }

  @Test(arguments: InstructionSet.available, [Float.nan, .infinity, -.infinity])
  func `a number that is none shows in the squares`(set: InstructionSet, odd: Float) {
    for place in 0..<34 {
      var samples = [Float](repeating: 0.25, count: 34)
      samples[place] = odd
      let totals = misaligned(samples) { MeterKernels(set).float32Pairs($0, 17) }
      #expect(!totals.squares[place % 2].isFinite)
      #expect(totals.squares[1 - place % 2].isFinite)
    }
  }

  @Test(arguments: InstructionSet.available, [1, 2, 3, 4, 5, 6, 8, 13])
  func `totals of many channels are those of each`(set: InstructionSet, channels: Int) {
    let frames = 161
    var generator = SplitMix(channels)
    let samples = (0..<frames * channels).map { _ in Double.random(in: -1...1, using: &generator) }
    var totals = [Double](repeating: .nan, count: 4 * channels + frames)
    let spread = (samples + [.nan, .infinity, 9]).withUnsafeBufferPointer { samples in
      totals.withUnsafeMutableBufferPointer { totals -> (difference: Double, mix: Double) in
        guard let samples = samples.baseAddress, let room = totals.baseAddress else { return (0, 0) }
        return MeterKernels(set).frames(
          samples, frames, channels, room, room + channels, room + 2 * channels, room + 3 * channels,
          room + 4 * channels)
      }
    }
    var difference = 0.0
    var mix = 0.0
    for frame in 0..<frames {
      let row = samples[frame * channels..<(frame + 1) * channels]
      difference += row.reduce(0) { $0 + ($1 - samples[frame * channels]) * ($1 - samples[frame * channels]) }
      mix += row.reduce(0, +) * row.reduce(0, +)
    }
    #expect(isClose(spread.difference, difference))
    #expect(isClose(spread.mix, mix))
    for channel in 0..<channels {
      let own = (0..<frames).map { samples[$0 * channels + channel] }
      #expect(totals[channel] == own.min())
      #expect(totals[channels + channel] == own.max())
      #expect(isClose(totals[2 * channels + channel], own.reduce(0, +)))
      #expect(isClose(totals[3 * channels + channel], own.reduce(0) { $0 + $1 * $1 }))
    }
  }

  @Test(arguments: InstructionSet.available, 1...3)
  func `runs at full scale are found wherever they stand`(set: InstructionSet, stride: Int) {
    var generator = SplitMix(stride)
    for _ in 0..<400 {
      let count = Int.random(in: 1...70, using: &generator)
      let choices = [0.0, 0.3, -0.9, 1, -1, 0.999, 1.5, -7]
      var samples: [Double] = []
      while samples.count < count {
        let value = choices.randomElement(using: &generator) ?? 0
        samples += Array(repeating: value, count: Int.random(in: 1...9, using: &generator))
      }
      samples.removeLast(samples.count - count)
      var spread = [Double](repeating: 1, count: count * stride)
      for (index, sample) in samples.enumerated() { spread[index * stride] = sample }
      let found = spread.withUnsafeBufferPointer { spread in
        spread.baseAddress.map { MeterKernels(set).rails($0, stride, count, 0.99, 3) }
      }
      #expect(found.map(RailRuns.init) == RailRuns(samples, rail: 0.99, shortest: 3))
    }
  }

  @Test(arguments: InstructionSet.available)
  func `what is no number becomes zero, and what is too large the limit`(set: InstructionSet) {
    var samples = [0.5, 9, .nan, 9, 1e300, 9, -.infinity, 9, -1e300, 9, .greatestFiniteMagnitude, 9, -0.0]
    let found = samples.withUnsafeMutableBufferPointer { samples in
      samples.baseAddress.map { MeterKernels(set).boundSamples($0, 2, 7, 100) }
    }
    #expect(found?.count == 2)
    #expect(found?.first == 1)
    #expect(samples == [0.5, 9, 0, 9, 100, 9, 0, 9, -100, 9, 100, 9, 0])
  }

  @Test(arguments: 1...8, [false, true])
  func `integers of any width are scaled to full scale`(width: Int, bigEndian: Bool) {
    var generator = SplitMix(width)
    let words = [Int64.min, .max, 0, -1, 1] + (0..<60).map { _ in Int64.random(in: .min ... .max, using: &generator) }
    let vacant = Int64(64 - 8 * width)
    let bytes = words.flatMap { word -> [UInt8] in
      let little = (0..<width).map { UInt8(truncatingIfNeeded: word >> (vacant + Int64(8 * $0))) }
      return bigEndian ? little.reversed() : little
    }
    for (set, flip) in InstructionSet.available.flatMap({ [($0, Int64(0)), ($0, .min)] }) {
      var samples = [Double](repeating: .nan, count: words.count)
      misaligned(bytes) { start in
        samples.withUnsafeMutableBufferPointer { samples in
          guard let room = samples.baseAddress else { return }
          MeterKernels(set).widenIntegers(start, width, bigEndian, flip, room, words.count)
        }
      }
      let expected = words.map { Double((($0 >> vacant) << vacant) &+ flip) / 0x1p63 }
      #expect(samples == expected)
    }
  }

  @Test(arguments: [false, true])
  func `floats of both widths and byte orders come as they are`(bigEndian: Bool) {
    for set in InstructionSet.available {
      let values: [Float] = [0, -0.5, 1, .leastNonzeroMagnitude, 3e38, .infinity]
      let single = values.flatMap { value in
        withUnsafeBytes(of: bigEndian ? value.bitPattern.bigEndian : value.bitPattern) { Array($0) }
      }
      let double = values.flatMap { value in
        withUnsafeBytes(of: bigEndian ? Double(value).bitPattern.bigEndian : Double(value).bitPattern) { Array($0) }
      }
      for (width, bytes) in [(4, single), (8, double)] {
        var samples = [Double](repeating: .nan, count: values.count)
        misaligned(bytes) { start in
          samples.withUnsafeMutableBufferPointer { samples in
            guard let room = samples.baseAddress else { return }
            MeterKernels(set).widenFloats(start, width, bigEndian, room, values.count)
          }
        }
        #expect(samples == values.map(Double.init))
      }
    }
  }
}
