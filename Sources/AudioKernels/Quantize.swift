/// The place of a block in a stream of noise.
struct NoisePlace {
  /// Enters before the first multiplication.
  let first: UInt32
  /// Enters after it.
  let second: UInt32
  /// The counter of the block's first sample.
  let counter: UInt32
}

/// Rounds samples to little-endian integers of 2, 3 or 4 bytes, to nearest, ties to even, saturating; NaN becomes 0.
///
/// - Parameters:
///   - scale: what a sample is multiplied by to be in units of the least significant bit.
///   - lowest, highest: the integers' range.
///   - dither: whether to add triangular noise of ±1 least significant bit. The noise is a function of the two keys and
///     the sample's counter, so blocks may be cut anywhere.
///   - counter: the counter of the block's first sample.
///   - stride: bytes from one integer to the channel's next.
/// - Returns: how many samples were beyond the range.
/// - Precondition: `samples` holds `count`; `output` has room for `(count - 1) * stride + width` bytes; with dither,
///   `width` is 2 or 3 and the counter does not wrap inside the block.
@inline(never)
public func quantize(
  _ samples: UnsafePointer<Float>, count: Int, scale: Float, lowest: Int32, highest: Int32,
  dither: Bool, firstKey: UInt32, secondKey: UInt32, counter: UInt32, into output: UnsafeMutableRawPointer, stride: Int,
  width: Int
) -> Int {
  let noise = dither ? NoisePlace(first: firstKey, second: secondKey, counter: counter) : nil
  // Each combination gets a loop of its own: the choices are constants inside it.
  switch (noise, width, stride) {
  case (let noise?, 2, 2):
    return eachRegister(samples, count, scale, lowest, highest, noise, output, 2) { writeShorts($0, $1, $2) }
  case (let noise?, 2, _):
    return eachRegister(samples, count, scale, lowest, highest, noise, output, stride) {
      write($0, $1, $2, stride: stride, width: 2)
    }
  case (let noise?, _, _):
    return eachRegister(samples, count, scale, lowest, highest, noise, output, stride) {
      write($0, $1, $2, stride: stride, width: 3)
    }
  case (nil, _, _):
    return eachRegister(samples, count, scale, lowest, highest, nil, output, stride) {
      write($0, $1, $2, stride: stride, width: width)
    }
  }
}

/// Rounds register by register; `write` gets integers, how many of them count, and where they go.
@inline(__always)
private func eachRegister(
  _ samples: UnsafePointer<Float>, _ count: Int, _ scale: Float, _ lowest: Int32, _ highest: Int32,
  _ noise: NoisePlace?, _ output: UnsafeMutableRawPointer, _ stride: Int,
  write: (IntVector, Int, UnsafeMutableRawPointer) -> Void
) -> Int {
  let lanes = Vector.scalarCount
  var clipped = IntVector.zero
  var index = 0
  while index &+ lanes <= count {
    let integers = roundToIntegers(
      load(samples + index) * scale, lowest: lowest, highest: highest, noise: noise, at: index, clipped: &clipped)
    write(integers, lanes, output + index &* stride)
    index &+= lanes
  }
  if index < count {
    var rest = Vector.zero
    for lane in 0..<(count &- index) { rest[lane] = samples[index &+ lane] }
    let integers = roundToIntegers(
      rest * scale, lowest: lowest, highest: highest, noise: noise, at: index, clipped: &clipped)
    write(integers, count &- index, output + index &* stride)
  }
  return Int(clipped.wrappedSum())
}

/// Rounds one register.
///
/// Adding 1.5 · 2²³ to a float moves its integer part into the low bits of its pattern: a rounding conversion of two
/// instructions on any processor, good to ±2²². Wider values are split at 2¹² first, which is exact.
@inline(__always)
private func roundToIntegers(
  _ scaled: Vector, lowest: Int32, highest: Int32, noise: NoisePlace?, at index: Int, clipped: inout IntVector
) -> IntVector {
  // Beyond these the sums below would leave 32 bits; 128 is the spacing of floats under 2³¹.
  let floor = Vector(repeating: max(-0x1p31, Float(lowest) * 2))
  let ceiling = Vector(repeating: min(0x1p31 - 128, Float(highest) * 2))
  var value = scaled.replacing(with: 0, where: scaled .!= scaled)
  let tooLow = value .< floor
  let tooHigh = value .> ceiling
  value.replace(with: floor, where: tooLow)
  value.replace(with: ceiling, where: tooHigh)

  let magic = Vector(repeating: 0x1.8p23)
  let magicBits = IntVector(repeating: 0x4B40_0000)
  let integer: IntVector
  if highest <= 0xFFFF {
    let dithered = noise.map { value + triangularNoise($0, at: index) } ?? value
    integer = unsafeBitCast(dithered + magic, to: IntVector.self) &- magicBits
  } else {
    let coarse = value * 0x1p-12 + magic
    let rest = value - (coarse - magic) * 0x1p12
    let dithered = noise.map { rest + triangularNoise($0, at: index) } ?? rest
    let coarseInteger = unsafeBitCast(coarse, to: IntVector.self) &- magicBits
    integer = (coarseInteger &<< 12) &+ unsafeBitCast(dithered + magic, to: IntVector.self) &- magicBits
  }

  let low = IntVector(repeating: lowest)
  let high = IntVector(repeating: highest)
  let limited = integer.replacing(with: low, where: integer .< low).replacing(with: high, where: integer .> high)
  let outside = tooLow .| tooHigh .| (limited .!= integer)
  clipped = clipped &+ IntVector.zero.replacing(with: 1, where: outside)
  return limited
}

/// One register of triangular noise in (−1, 1), for the samples from `index` on: the difference of two uniform
/// variables, which are the halves of a hash of the sample's counter.
///
/// The hash is two rounds of multiply and shift: any two counters differ in about half of the bits of their noise.
@inline(__always)
private func triangularNoise(_ key: NoisePlace, at index: Int) -> Vector {
  #if X86_64_V3
    let lanes = WordVector(0, 1, 2, 3, 4, 5, 6, 7)
  #else
    let lanes = WordVector(0, 1, 2, 3)
  #endif
  var word = WordVector(repeating: key.counter &+ UInt32(truncatingIfNeeded: index) &+ key.first) &+ lanes
  word ^= word &>> 16
  word = word &* 0x7FEB_352D
  word ^= WordVector(repeating: key.second)
  word ^= word &>> 15
  word = word &* 0x846C_A68B
  word ^= word &>> 16
  let magic = Vector(repeating: 0x1.8p23)
  let difference = (word &>> 16) &- (word & 0xFFFF)
  return (unsafeBitCast(difference &+ 0x4B40_0000, to: Vector.self) - magic) * 0x1p-16
}

/// Writes the first `count` integers as 16-bit ones, side by side.
@inline(__always)
private func writeShorts(_ integers: IntVector, _ count: Int, _ output: UnsafeMutableRawPointer) {
  #if X86_64_V3
    typealias ShortVector = SIMD8<Int16>
  #else
    typealias ShortVector = SIMD4<Int16>
  #endif
  if count == IntVector.scalarCount {
    output.storeBytes(of: ShortVector(truncatingIfNeeded: integers), as: ShortVector.self)
  } else {
    write(integers, count, output, stride: 2, width: 2)
  }
}

/// Writes the first `count` integers as little-endian containers.
@inline(__always)
private func write(
  _ integers: IntVector, _ count: Int, _ output: UnsafeMutableRawPointer, stride: Int, width: Int
) {
  var target = output
  for lane in 0..<count {
    let word = UInt32(bitPattern: integers[lane]).littleEndian
    switch width {
    case 2:
      target.storeBytes(of: UInt16(truncatingIfNeeded: word), as: UInt16.self)
    case 3:
      target.storeBytes(of: UInt16(truncatingIfNeeded: word), as: UInt16.self)
      target.storeBytes(of: UInt8(truncatingIfNeeded: word &>> 16), toByteOffset: 2, as: UInt8.self)
    default:
      target.storeBytes(of: word, as: UInt32.self)
    }
    target += stride
  }
}

/// Writes samples as little-endian floats, scaled; NaN becomes 0 and infinity the largest float.
///
/// - Precondition: `samples` holds `count`; `output` has room for `(count - 1) * stride + 4` bytes.
@inline(never)
public func writeFloats(
  _ samples: UnsafePointer<Float>, count: Int, scale: Float, into output: UnsafeMutableRawPointer, stride: Int
) {
  let limit = Float.greatestFiniteMagnitude
  var target = output
  for index in 0..<count {
    let scaled = samples[index] * scale
    let bounded = scaled > limit ? limit : scaled < -limit ? -limit : scaled
    target.storeBytes(of: bounded == bounded ? bounded.bitPattern.littleEndian : 0, as: UInt32.self)
    target += stride
  }
}
