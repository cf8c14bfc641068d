#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The last stage as a product of spectra: a rational change of rate by `phases / step`, for ratios whose numbers
/// have small prime factors.
///
/// A stretch of `inputLength` samples is transformed, multiplied by the filter's response, and transformed back at
/// `outputLength` points, which is the other rate. Of each stretch, the part that the filter's wrapping around does
/// not touch is kept (overlap-save); two stretches go through one complex transform, as its real and imaginary part.
/// The grid of stretches is fixed, so a sample does not depend on which block asked for it.
struct SpectralStage: Sendable {
  private let forward: FourierPlan
  private let inverse: FourierPlan
  /// Inputs and outputs from a stretch to the next.
  private let inputHop: Int
  private let outputHop: Int
  /// The filter reaches this many inputs to either side of an output.
  private let reach: Int
  /// The response over the bins of the inverse transform, and the scale and shift of the whole.
  private let responseReal: [Float]
  private let responseImaginary: [Float]

  /// The longest transform: its arrays stay in a second-level cache.
  private static let longest = 4096

  /// Outputs that are made together.
  var period: Int { 2 * outputHop }

  /// Chooses the cheapest lengths; `nil` when the ratio has none.
  init?(phases: Int, step: Int, specification: ResamplerSpecification) {
    guard let shape = Shape(phases: phases, step: step, specification: specification),
      let forward = FourierPlan(length: shape.inputLength), let inverse = FourierPlan(length: shape.outputLength)
    else { return nil }
    self.forward = forward
    self.inverse = inverse
    inputHop = shape.hops * step
    outputHop = shape.hops * phases
    reach = shape.filter.reach
    (responseReal, responseImaginary) = shape.response(specification)
  }

  /// Cost of an output, in multiplications of a polyphase filter; `nil` when the ratio has no lengths.
  static func cost(phases: Int, step: Int, specification: ResamplerSpecification) -> Double? {
    Shape(phases: phases, step: step, specification: specification)?.cost
  }

  /// The input samples that outputs depend on: those of all stretches that the outputs are cut from.
  func inputRange(forOutput range: Range<Int64>) -> Range<Int64> {
    let pairs = pairs(forOutput: range)
    let first = 2 * pairs.lowerBound * Int64(inputHop) - Int64(reach)
    let last = (2 * pairs.upperBound - 1) * Int64(inputHop) - Int64(reach)
    return first..<last + Int64(forward.length)
  }

  /// What is read and written to make a range of outputs: whole pairs of stretches.
  func extent(forOutput range: Range<Int64>) -> FinalStage.Extent {
    let pairs = pairs(forOutput: range)
    let inputs = inputRange(forOutput: range)
    return FinalStage.Extent(
      firstInput: inputs.lowerBound, inputs: inputs.count,
      firstOutput: pairs.lowerBound * Int64(period), outputs: pairs.count * period)
  }

  private func pairs(forOutput range: Range<Int64>) -> Range<Int64> {
    floorDivide(range.lowerBound, Int64(period))..<floorDivide(range.upperBound - 1, Int64(period)) + 1
  }

  /// Filters.
  ///
  /// - Parameters:
  ///   - input: the samples of ``inputRange(forOutput:)``.
  ///   - output: gets the extent's outputs.
  func run(
    _ input: UnsafePointer<Float>, outputs: Int, into output: UnsafeMutablePointer<Float>,
    _ workspace: inout Resampler.Workspace, kernels: Kernels
  ) {
    let length = max(forward.length, inverse.length)
    let first = ComplexPointer(real: workspace.first.reserve(length), imaginary: workspace.second.reserve(length))
    let second = ComplexPointer(real: workspace.even.reserve(length), imaginary: workspace.odd.reserve(length))
    let spectrum = ComplexPointer(
      real: workspace.spectrumReal.reserve(length), imaginary: workspace.spectrumImaginary.reserve(length))
    for pair in 0..<outputs / period {
      // The transform does not write to its input.
      let start = UnsafeMutablePointer(mutating: input + 2 * pair * inputHop)
      let stretches = ComplexPointer(real: start, imaginary: start + inputHop)
      forward.forward(stretches, into: spectrum, first: first, second: second, kernels: kernels)
      filter(spectrum, into: second, kernels)
      let samples = inverse.inverse(second, first: first, second: spectrum, kernels: kernels)
      let target = output + pair * period
      target.update(from: samples.real, count: outputHop)
      (target + outputHop).update(from: samples.imaginary, count: outputHop)
    }
  }

  /// Multiplies by the response the bins that both rates have, and moves them to where the output's transform has
  /// them: positive frequencies at its start, negative ones at its end.
  private func filter(_ spectrum: ComplexPointer, into target: ComplexPointer, _ kernels: Kernels) {
    let (from, to) = (forward.length, inverse.length)
    let half = min(from, to) / 2
    responseReal.withUnsafeBufferPointer { real in
      responseImaginary.withUnsafeBufferPointer { imaginary in
        guard let real = real.baseAddress, let imaginary = imaginary.baseAddress else { return }
        kernels.fourierMultiply(spectrum, target, real, imaginary, count: half)
        kernels.fourierMultiply(
          spectrum.advanced(by: from - half), target.advanced(by: to - half), real + half, imaginary + half,
          count: half)
      }
    }
    if to > 2 * half {
      let middle = target.advanced(by: half)
      middle.real.update(repeating: 0, count: to - 2 * half)
      middle.imaginary.update(repeating: 0, count: to - 2 * half)
    }
  }
}

extension ComplexPointer {
  func advanced(by count: Int) -> ComplexPointer {
    ComplexPointer(real: real + count, imaginary: imaginary + count)
  }
}

extension SpectralStage {
  /// The sizes of a stage.
  private struct Shape {
    let filter: LowPass
    let inputLength: Int
    let outputLength: Int
    /// How many times `step` inputs, or `phases` outputs, a stretch advances.
    let hops: Int
    let cost: Double

    init?(phases: Int, step: Int, specification: ResamplerSpecification) {
      let filter = LowPass(phases: phases, step: step, specification: specification)
      var best: (multiple: Int, hops: Int, cost: Double)?
      var multiple = 8
      while multiple * max(phases, step) <= SpectralStage.longest {
        let (input, output) = (multiple * step, multiple * phases)
        let hops = (input - 2 * filter.reach) / step
        if hops > 0, FourierPlan.supports(input), FourierPlan.supports(output) {
          let cost = (FourierPlan.cost(input) + FourierPlan.cost(output)) / Double(2 * hops * phases)
          if cost < best?.cost ?? .infinity { best = (multiple, hops, cost) }
        }
        multiple += 8
      }
      guard let best else { return nil }
      self.filter = filter
      inputLength = best.multiple * step
      outputLength = best.multiple * phases
      hops = best.hops
      cost = best.cost
    }

    /// The filter's response at the output's bins. The output's first sample stands `reach` inputs into the stretch,
    /// which is a turn of phase in proportion to frequency; the transforms leave a factor of `inputLength`.
    func response(_ specification: ResamplerSpecification) -> (real: [Float], imaginary: [Float]) {
      let taps = filter.taps(specification)
      let cosines = (0..<inputLength).map { cos(2 * .pi * Double($0) / Double(inputLength)) }
      let half = min(inputLength, outputLength) / 2
      var real = [Float](repeating: 0, count: 2 * half)
      var imaginary = real
      for bin in 0..<half {
        var gain = taps[0] / 2
        var angle = 0
        for tap in 1..<taps.count {
          angle += bin
          if angle >= inputLength { angle -= inputLength }
          gain += taps[tap] * cosines[angle]
        }
        gain *= 2 / Double(inputLength)
        let turn = 2 * .pi * Double(bin * filter.reach % inputLength) / Double(inputLength)
        real[bin] = Float(gain * cos(turn))
        imaginary[bin] = Float(gain * sin(turn))
        if bin > 0 {
          real[2 * half - bin] = real[bin]
          imaginary[2 * half - bin] = -imaginary[bin]
        }
      }
      return (real, imaginary)
    }
  }
}
