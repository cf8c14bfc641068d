import Testing

@testable import AudioDSP

// What the kernels are fed with, and loops that do the same one sample after another.

/// What 16-bit kernels are fed.
enum Int16Contents: CaseIterable {
  case random, lowest, highest, alternating, opposite, quiet

  func samples(_ count: Int) -> [Int16] {
    var generator = SplitMix(count)
    return (0..<count).map { index in
      switch self {
      case .random: .random(in: .min ... .max, using: &generator)
      case .lowest: .min
      case .highest: .max
      case .alternating: index / 2 % 2 == 0 ? .min : .max
      case .opposite: index % 2 == 0 ? .min : .max
      case .quiet: .random(in: -1...1, using: &generator)
      }
    }
  }
}

/// Numbers that 32-bit floating point is bad at.
enum FloatContents {
  static let extremes: [Float] = [
    .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, -0.0, 1, -1, 1e19, -1e19,
  ]
}

/// A loop's answer to what `measureRails` does.
struct RailRuns: Equatable {
  var prefix = 0
  var suffix = 0
  var clipped = 0
  var runs = 0
  var firstClipped = -1
  var over = 0
  var firstOver = -1

  init(_ found: (prefix: Int, suffix: Int, clipped: Int, runs: Int, firstClipped: Int, over: Int, firstOver: Int)) {
    (prefix, suffix, clipped, runs, firstClipped, over, firstOver) = found
  }

  init(_ samples: [Double], rail: Double, shortest: Int) {
    let isRail = samples.map { abs($0) >= rail && abs($0) <= 1 }
    prefix = isRail.firstIndex(of: false) ?? samples.count
    suffix = isRail.lastIndex(of: false).map { samples.count - 1 - $0 } ?? samples.count
    var index = prefix
    while index < samples.count - suffix {
      let end = isRail[index...].firstIndex(of: !isRail[index]) ?? samples.count
      if isRail[index], end - index >= shortest {
        if runs == 0 { firstClipped = index }
        runs += 1
        clipped += end - index
      }
      index = end
    }
    over = samples.count { abs($0) > 1 }
    firstOver = samples.firstIndex { abs($0) > 1 } ?? -1
  }
}

/// Random integers with the extremes among them.
func integers(_ count: Int, bits: Int) -> [Int64] {
  var generator = SplitMix(count + bits)
  let highest = Int64(1) << (bits - 1) - 1
  let extremes = [highest, -highest - 1, 0, -1, 1]
  return (0..<count).map {
    $0 % 11 == 0 ? extremes[$0 / 11 % 5] : .random(in: -highest - 1...highest, using: &generator)
  }
}

/// Expects the totals of pairs to be those of the samples, up to the rounding of another order of adding.
func expect(
  _ totals: (
    minimum: SIMD2<Double>, maximum: SIMD2<Double>, sum: SIMD2<Double>, squares: SIMD2<Double>, difference: Double
  ),
  of samples: [Double], at location: SourceLocation = #_sourceLocation
) {
  for half in 0..<2 {
    let own = stride(from: half, to: samples.count, by: 2).map { samples[$0] }
    #expect(totals.minimum[half] == own.min() ?? .infinity, sourceLocation: location)
    #expect(totals.maximum[half] == own.max() ?? -.infinity, sourceLocation: location)
    let size = own.reduce(0) { $0 + abs($1) }
    #expect(abs(totals.sum[half] - own.reduce(0, +)) <= size * 1e-13, sourceLocation: location)
    #expect(isClose(totals.squares[half], own.sumOfSquares), sourceLocation: location)
  }
  var difference = 0.0
  for pair in stride(from: 0, to: samples.count, by: 2) {
    let apart = samples[pair] - samples[pair + 1]
    difference += apart * apart
  }
  #expect(isClose(totals.difference, difference), sourceLocation: location)
}

/// Whether two sums agree up to the rounding of another order of adding.
func isClose(_ value: Double, _ expected: Double) -> Bool {
  abs(value - expected) <= max(abs(expected), 1) * 1e-12
}

/// Hands over the elements' bytes from an odd address on.
func misaligned<Element, Result>(_ elements: [Element], _ body: (UnsafeRawPointer) -> Result) -> Result {
  let bytes = [0] + elements.withUnsafeBytes { Array($0) }
  return bytes.withUnsafeBytes { raw in
    guard let start = raw.baseAddress else { preconditionFailure("there is at least one byte") }
    return body(start + 1)
  }
}

/// A small generator with a seed, so that a failure can be looked at again (Steele, Lea and Flood, SplitMix64).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

extension [Double] {
  /// The sum of the squares.
  var sumOfSquares: Double { reduce(0) { $0 + $1 * $1 } }
}
