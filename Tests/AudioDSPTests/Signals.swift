import Testing

@testable import AudioDSP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A reproducible source of random numbers.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64 = 1) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
  }
}

/// A sum of tones, in double precision: what a band-limited signal is at any instant.
struct Tones {
  /// Frequency in Hz, amplitude, phase in radians.
  var parts: [(frequency: Double, amplitude: Double, phase: Double)]

  /// One tone.
  init(_ frequency: Double, amplitude: Double = 0.5) {
    parts = [(frequency, amplitude, 0)]
  }

  /// Noise of equal tones at random places below a frequency, peaks within full scale.
  init(noiseBelow limit: Double, count: Int, seed: UInt64 = 7) {
    var random = Random(seed)
    parts = (0..<count).map { _ in
      (Double.random(in: 20...limit, using: &random), 0.9 / Double(count), Double.random(in: 0...6.28, using: &random))
    }
  }

  func value(at seconds: Double) -> Double {
    parts.reduce(0) { $0 + $1.amplitude * sin(2 * .pi * $1.frequency * seconds + $1.phase) }
  }

  func samples(rate: Int, count: Int) -> [Float] {
    (0..<count).map { Float(value(at: Double($0) / Double(rate))) }
  }
}

/// The root of the mean square, in dB of full scale.
func decibels(_ values: some Collection<Double>) -> Double {
  10 * log10(values.reduce(0) { $0 + $1 * $1 } / Double(values.count) + 1e-30)
}

/// Resamples a whole signal in blocks, zeros beyond its ends.
func resampled(_ signal: [Float], _ resampler: Resampler, block: Int = 1 << 20) -> [Float] {
  let total = resampler.outputFrames(forInput: Int64(signal.count))
  var workspace = Resampler.Workspace()
  var result: [Float] = []
  var start: Int64 = 0
  while start < total {
    let range = start..<min(total, start + Int64(block))
    let needed = resampler.inputRange(forOutput: range)
    let input = needed.map { signal.indices.contains(Int($0)) ? signal[Int($0)] : 0 }
    var output = [Float](repeating: .nan, count: range.count)
    var span = output.mutableSpan
    resampler.resample(input: input.span, output: range, into: &span, workspace: &workspace)
    result += output
    start = range.upperBound
  }
  return result
}

/// Random samples between extremes: full scale, denormals, zeros of both signs, and values beyond full scale.
func mixedSamples(_ count: Int, seed: UInt64 = 3, nonFinite: Bool = false) -> [Float] {
  var random = Random(seed)
  var extremes: [Float] = [
    1, -1, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1.5, -2, 1e-20,
  ]
  if nonFinite { extremes += [.nan, .infinity, -.infinity, .signalingNaN, -.nan] }
  return (0..<count).map { _ in
    let choice = Int.random(in: 0..<extremes.count * 3, using: &random)
    return choice < extremes.count ? extremes[choice] : Float.random(in: -1...1, using: &random)
  }
}

/// A tone of known frequency, fitted to a signal by least squares.
struct Fit {
  let amplitude: Double
  /// The signal without the tone.
  let residue: [Double]

  init(_ signal: [Double], _ frequency: Double, rate: Int) {
    let phase = signal.indices.map { 2 * .pi * frequency * Double($0) / Double(rate) }
    let (sines, cosines) = (phase.map(sin), phase.map(cos))
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (ss, cc, sc) = (dot(sines, sines), dot(cosines, cosines), dot(sines, cosines))
    let (sx, cx) = (dot(sines, signal), dot(cosines, signal))
    let determinant = ss * cc - sc * sc
    let a = (sx * cc - cx * sc) / determinant
    let b = (cx * ss - sx * sc) / determinant
    amplitude = (a * a + b * b).squareRoot()
    residue = signal.indices.map { signal[$0] - a * sines[$0] - b * cosines[$0] }
  }
}
