// Rounding, the inner part of quantisation: floats in units of the least significant bit become 32-bit integers within
// a range, a register at a time.

/// The place of a block in a stream of noise.
struct NoisePlace {
  /// Enters before the first multiplication.
  let first: UInt32
  /// Enters after it.
  let second: UInt32
  /// The counter of the block's first sample.
  let counter: UInt32

  /// The place of a later sample.
  func advanced(by count: Int) -> NoisePlace {
    NoisePlace(first: first, second: second, counter: counter &+ UInt32(truncatingIfNeeded: count))
  }
}

/// Rounds a run of samples to integers; returns how many were beyond the range.
@inline(never)
func round(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  _ noise: NoisePlace?, isNarrow: Bool, into integers: UnsafeMutablePointer<Int32>
) -> Int {
  let whole = count &- count % Vector.scalarCount
  var clipped = roundRegisters(samples, whole, scale, lowest, highest, noise, isNarrow, into: integers)
  guard whole < count else { return clipped }
  // The last register is filled up with zeros, which are within any range.
  withUnsafeTemporaryAllocation(of: Float.self, capacity: Vector.scalarCount) { padded in
    guard let start = padded.baseAddress else { return }
    start.update(repeating: 0, count: Vector.scalarCount)
    start.update(from: samples + whole, count: count &- whole)
    clipped &+= roundRegisters(
      start, Vector.scalarCount, scale, lowest, highest, noise?.advanced(by: whole), isNarrow, into: integers + whole)
  }
  return clipped
}

/// Rounds whole registers. Each choice has a loop of its own, in a function of its own: in a large one the optimiser
/// stops inlining, whatever it is told.
@inline(__always)
private func roundRegisters(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  _ noise: NoisePlace?, _ isNarrow: Bool, into integers: UnsafeMutablePointer<Int32>
) -> Int {
  switch (noise, isNarrow) {
  case (let noise?, true): ditherNarrow(samples, count, scale, lowest, highest, noise, into: integers)
  case (nil, true): roundNarrow(samples, count, scale, lowest, highest, into: integers)
  case (let noise?, false): ditherWide(samples, count, scale, lowest, highest, noise, into: integers)
  case (nil, false): roundWide(samples, count, scale, lowest, highest, into: integers)
  }
}

@inline(never)
private func ditherNarrow(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  _ noise: NoisePlace, into integers: UnsafeMutablePointer<Int32>
) -> Int {
  var unclipped = IntVector.zero
  var index = 0
  while index < count {
    let value = addNoise(numbers(load(samples + index) * scale), noise, at: index)
    store(roundNarrow(value, lowest, highest, &unclipped), integers + index)
    index &+= Vector.scalarCount
  }
  return count &- Int(unclipped.wrappedSum())
}

@inline(never)
private func roundNarrow(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  into integers: UnsafeMutablePointer<Int32>
) -> Int {
  var unclipped = IntVector.zero
  var index = 0
  while index < count {
    let value = numbers(load(samples + index) * scale)
    store(roundNarrow(value, lowest, highest, &unclipped), integers + index)
    index &+= Vector.scalarCount
  }
  return count &- Int(unclipped.wrappedSum())
}

@inline(never)
private func ditherWide(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  _ noise: NoisePlace, into integers: UnsafeMutablePointer<Int32>
) -> Int {
  var unclipped = IntVector.zero
  var index = 0
  while index < count {
    let parts = WideParts(numbers(load(samples + index) * scale), lowest, highest)
    let rest = addNoise(parts.rest, noise, at: index)
    store(parts.rounded(rest, lowest, highest, &unclipped), integers + index)
    index &+= Vector.scalarCount
  }
  return count &- Int(unclipped.wrappedSum())
}

@inline(never)
private func roundWide(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  into integers: UnsafeMutablePointer<Int32>
) -> Int {
  var unclipped = IntVector.zero
  var index = 0
  while index < count {
    let parts = WideParts(numbers(load(samples + index) * scale), lowest, highest)
    store(parts.rounded(parts.rest, lowest, highest, &unclipped), integers + index)
    index &+= Vector.scalarCount
  }
  return count &- Int(unclipped.wrappedSum())
}

@inline(__always)
private func store(_ vector: IntVector, _ pointer: UnsafeMutablePointer<Int32>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: IntVector.self)
}

/// NaN becomes 0.
@inline(__always)
private func numbers(_ samples: Vector) -> Vector {
  samples.replacing(with: 0, where: samples .!= samples)
}

/// Adding 1.5 · 2²³ to a float moves its integer part into the low bits of its pattern: a rounding conversion of two
/// instructions on any processor, good to ±2²².
private let magic: Float = 0x1.8p23
private let magicBits: Int32 = 0x4B40_0000

/// Rounds to 16 bits, and adds 1 to each lane of `unclipped` whose value is within the range.
///
/// The range is kept to among the patterns: those of positive floats are in the order of their values, also far beyond
/// what converts, and those of negative ones are below them all.
@inline(__always)
private func roundNarrow(
  _ value: Vector, _ lowest: Int32, _ highest: Int32, _ unclipped: inout IntVector
) -> IntVector {
  // One more than the pattern: on a bare one the optimiser keeps the limits as floats, in thrice the instructions. No
  // float's pattern is so near the integers' ends that it overflows.
  let zero = magicBits &+ 1
  let integer = unsafeBitCast(value + magic, to: IntVector.self) &+ 1
  let limited = limit(integer, zero &+ lowest, zero &+ highest)
  unclipped.replace(with: unclipped &+ 1, where: limited .== integer)
  return limited &- zero
}

/// Values to be rounded to 24 bits or 32, split at 2¹², which is exact, so that both parts convert.
private struct WideParts {
  let rest: Vector
  private let coarse: IntVector
  private let isBounded: SIMDMask<IntVector>

  @inline(__always)
  init(_ value: Vector, _ lowest: Int32, _ highest: Int32) {
    // Beyond these the sums below would leave 32 bits; 128 is the spacing of floats under 2³¹.
    let floor = Vector(repeating: max(-0x1p31, Float(lowest) * 2))
    let ceiling = Vector(repeating: min(0x1p31 - 128, Float(highest) * 2))
    let bounded = value.replacing(with: floor, where: value .< floor).replacing(with: ceiling, where: value .> ceiling)
    let shifted = bounded * 0x1p-12 + magic
    rest = bounded - (shifted - magic) * 0x1p12
    coarse = (unsafeBitCast(shifted, to: IntVector.self) &- magicBits) &<< 12
    isBounded = bounded .!= value
  }

  /// The integers of the coarse part and of `rest`, to which noise may have been added.
  @inline(__always)
  func rounded(
    _ rest: Vector, _ lowest: Int32, _ highest: Int32, _ unclipped: inout IntVector
  ) -> IntVector {
    let integer = coarse &+ unsafeBitCast(rest + magic, to: IntVector.self) &- magicBits
    let limited = limit(integer, lowest, highest)
    unclipped.replace(with: unclipped &+ 1, where: .!isBounded .& (limited .== integer))
    return limited
  }
}

/// Keeps each lane to `lowest...highest`.
@inline(__always)
private func limit(_ integers: IntVector, _ lowest: Int32, _ highest: Int32) -> IntVector {
  pointwiseMin(pointwiseMax(integers, IntVector(repeating: lowest)), IntVector(repeating: highest))
}

/// Adds triangular noise in (−1, 1) to the samples from `index` on: the difference of two uniform variables, which are
/// the halves of a hash of the sample's counter.
///
/// The hash is two rounds of multiply and shift: any two counters differ in about half of the bits of their noise.
@inline(__always)
private func addNoise(_ value: Vector, _ noise: NoisePlace, at index: Int) -> Vector {
  #if X86_64_V3
    let lanes = WordVector(0, 1, 2, 3, 4, 5, 6, 7)
  #else
    let lanes = WordVector(0, 1, 2, 3)
  #endif
  var word = WordVector(repeating: noise.counter &+ UInt32(truncatingIfNeeded: index) &+ noise.first) &+ lanes
  word ^= word &>> 16
  word = word &* 0x7FEB_352D
  word ^= WordVector(repeating: noise.second)
  word ^= word &>> 15
  word = word &* 0x846C_A68B
  word ^= word &>> 16
  let difference = (word &>> 16) &- (word & 0xFFFF)
  let steps = unsafeBitCast(difference &+ UInt32(bitPattern: magicBits), to: Vector.self) - magic
  return multiplyAdd(value, steps, Vector(repeating: 0x1p-16))
}
