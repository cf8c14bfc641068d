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
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: longestRun) { scratch in
    guard let integers = scratch.baseAddress else { return 0 }
    var clipped = 0
    var start = 0
    while start < count {
      let length = min(longestRun, count &- start)
      clipped &+= round(
        samples + start, length, scale, lowest, highest, noise?.advanced(by: start), isNarrow: width == 2,
        into: integers)
      write(integers, length, output + start &* stride, stride: stride, width: width)
      start &+= length
    }
    return clipped
  }
}

/// Samples whose integers are kept in between: a multiple of any register's lanes, and little beside the first cache.
private let longestRun = 512

/// Writes integers as little-endian containers of `width` bytes.
@inline(__always)
private func write(
  _ integers: UnsafePointer<Int32>, _ count: Int, _ output: UnsafeMutableRawPointer, stride: Int, width: Int
) {
  switch (width, stride) {
  case (2, 2):
    for index in 0..<count {
      let word = UInt16(truncatingIfNeeded: integers[index]).littleEndian
      (output + 2 &* index).storeBytes(of: word, as: UInt16.self)
    }
  case (2, _):
    for index in 0..<count {
      let word = UInt16(truncatingIfNeeded: integers[index]).littleEndian
      (output + index &* stride).storeBytes(of: word, as: UInt16.self)
    }
  case (3, _):
    for index in 0..<count {
      let word = UInt32(bitPattern: integers[index])
      let target = output + index &* stride
      target.storeBytes(of: UInt16(truncatingIfNeeded: word).littleEndian, as: UInt16.self)
      target.storeBytes(of: UInt8(truncatingIfNeeded: word &>> 16), toByteOffset: 2, as: UInt8.self)
    }
  default:
    for index in 0..<count {
      (output + index &* stride).storeBytes(of: UInt32(bitPattern: integers[index]).littleEndian, as: UInt32.self)
    }
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
