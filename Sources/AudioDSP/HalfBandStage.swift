/// One halving of the rate by a half-band filter. Output `j` stands at input `2j`.
struct HalfBandStage: Sendable {
  /// The coefficients at distance 1, 3, 5, … from the middle one; those at even distances are 0, the middle one ½.
  let coefficients: [Float]

  /// The filter that keeps everything up to `edge` free of aliases.
  ///
  /// - Parameters:
  ///   - edge: a fraction of the input rate, below ¼. What lies at ½ − `edge` and above is `attenuation` dB down; what
  ///     is between folds to above `edge`, where the next stage removes it.
  init(edge: Double, attenuation: Double) {
    let length = KaiserWindow.length(attenuation: attenuation, width: 0.5 - 2 * edge)
    let taps = max(1, Int((length / 4).rounded(.up)))
    let window = KaiserWindow(attenuation: attenuation)
    coefficients = (0..<taps).map { tap in
      let distance = Double(2 * tap + 1)
      return Float(0.5 * sinc(distance / 2) * window(distance / Double(2 * taps)))
    }
  }

  /// The input samples that outputs depend on.
  func inputRange(forOutput range: Range<Int64>) -> Range<Int64> {
    let reach = Int64(2 * coefficients.count - 1)
    return 2 * range.lowerBound - reach..<2 * (range.upperBound - 1) + reach + 1
  }

  /// Multiplications for an output. Vectors of this filter wait for loads, two to a multiplication: hence the 2.
  var cost: Double { Double(2 * coefficients.count + 3) }

  /// How many values of no meaning may follow the outputs.
  static let overrun = 31

  /// Outputs that are made at a time: what is read and written for them stays in a first-level cache.
  private static let chunk = 1024

  /// Room that ``run(_:outputs:into:scratch:kernels:)`` needs in each half of `scratch`.
  var scratchRoom: Int { Self.chunk + 2 * coefficients.count + Self.overrun }

  /// Filters.
  ///
  /// - Parameters:
  ///   - input: the samples of ``inputRange(forOutput:)``.
  ///   - count: how many outputs to make.
  ///   - output: gets the outputs, and up to ``overrun`` values of no meaning after them.
  /// - Precondition: `output` has room for all that, and both scratch buffers have ``scratchRoom``.
  func run(
    _ input: UnsafePointer<Float>, outputs count: Int, into output: UnsafeMutablePointer<Float>,
    scratch: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), kernels: Kernels
  ) {
    let taps = coefficients.count
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      for start in stride(from: 0, to: count, by: Self.chunk) {
        let outputs = min(Self.chunk, count - start)
        let source = input + 2 * start
        // The range starts and ends at an odd sample: the first half gets the odd ones, one more than the even ones.
        let pairs = outputs + 2 * taps - 2
        kernels.splitEvenOdd(source, scratch.0, scratch.1, pairs)
        scratch.0[pairs] = source[2 * pairs]
        kernels.halfBand(
          scratch.1 + (taps - 1), scratch.0, coefficients, taps, output + start, (outputs + 31) & ~31)
      }
    }
  }
}
