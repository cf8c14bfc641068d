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

  /// Room that ``run(_:outputs:into:scratch:kernels:)`` needs in `output` and in each half of `scratch`.
  func room(forOutputs count: Int) -> Int {
    count + 2 * coefficients.count + 64
  }

  /// Filters.
  ///
  /// - Parameters:
  ///   - input: the samples of ``inputRange(forOutput:)``.
  ///   - count: how many outputs to make.
  ///   - output: gets the outputs, and up to 31 values of no meaning after them.
  /// - Precondition: `output` and both scratch buffers have ``room(forOutputs:)``.
  func run(
    _ input: UnsafePointer<Float>, outputs count: Int, into output: UnsafeMutablePointer<Float>,
    scratch: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), kernels: Kernels
  ) {
    let taps = coefficients.count
    // The range starts and ends at an odd sample: the first half gets the odd ones, one more than the even ones.
    let pairs = count + 2 * taps - 2
    kernels.splitEvenOdd(input, scratch.0, scratch.1, pairs)
    scratch.0[pairs] = input[2 * pairs]
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      kernels.halfBand(scratch.1 + (taps - 1), scratch.0, coefficients, taps, output, (count + 31) & ~31)
    }
  }
}
