// The encodings that nearly all recordings have, little-endian mono and stereo: whole registers at a time, channels
// separated on the way. Samples stay left-justified in 32 bits, where their full scale is 2³¹ whatever their width.
//
// Each function decodes as many whole registers as there are and returns that number of samples (mono) or frames
// (stereo): the general path does the rest. Little-endian processors only.

/// Left-justified integers as floats of full scale ±1.
@inline(__always)
private func floats(_ integers: SIMD8<Int32>) -> SIMD8<Float> {
  SIMD8<Float>(integers) * 0x1p-31
}

@inline(__always)
private func put(_ vector: SIMD8<Float>, _ output: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(output).storeBytes(of: vector, as: SIMD8<Float>.self)
}

/// 16-bit mono.
///
/// - Precondition: `bytes` holds `2 * count` bytes, `output` room for `count` samples.
@inline(never)
public func decodeMono16(_ bytes: UnsafeRawPointer, into output: UnsafeMutablePointer<Float>, count: Int) -> Int {
  var index = 0
  while index &+ 8 <= count {
    let samples = (bytes + 2 &* index).loadUnaligned(as: SIMD8<Int16>.self)
    put(floats(SIMD8<Int32>(truncatingIfNeeded: samples) &<< 16), output + index)
    index &+= 8
  }
  return index
}

/// 16-bit stereo.
///
/// - Precondition: `bytes` holds `4 * count` bytes, `left` and `right` room for `count` samples each.
@inline(never)
public func decodeStereo16(
  _ bytes: UnsafeRawPointer, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, count: Int
) -> Int {
  var index = 0
  while index &+ 8 <= count {
    let frames = (bytes + 4 &* index).loadUnaligned(as: SIMD8<Int32>.self)
    put(floats(frames &<< 16), left + index)
    put(floats(frames & SIMD8(repeating: ~0xFFFF)), right + index)
    index &+= 8
  }
  return index
}

/// 32-bit mono.
///
/// - Precondition: `bytes` holds `4 * count` bytes, `output` room for `count` samples.
@inline(never)
public func decodeMono32(_ bytes: UnsafeRawPointer, into output: UnsafeMutablePointer<Float>, count: Int) -> Int {
  var index = 0
  while index &+ 8 <= count {
    put(floats((bytes + 4 &* index).loadUnaligned(as: SIMD8<Int32>.self)), output + index)
    index &+= 8
  }
  return index
}

/// 32-bit stereo.
///
/// - Precondition: `bytes` holds `8 * count` bytes, `left` and `right` room for `count` samples each.
@inline(never)
public func decodeStereo32(
  _ bytes: UnsafeRawPointer, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, count: Int
) -> Int {
  var index = 0
  while index &+ 8 <= count {
    let first = (bytes + 8 &* index).loadUnaligned(as: SIMD8<Int32>.self)
    let second = (bytes + (8 &* index &+ 32)).loadUnaligned(as: SIMD8<Int32>.self)
    put(floats(SIMD8(lowHalf: first.evenHalf, highHalf: second.evenHalf)), left + index)
    put(floats(SIMD8(lowHalf: first.oddHalf, highHalf: second.oddHalf)), right + index)
    index &+= 8
  }
  return index
}

/// 24-bit mono.
///
/// - Precondition: `bytes` holds `3 * count` bytes, `output` room for `count` samples.
@inline(never)
public func decodeMono24(_ bytes: UnsafeRawPointer, into output: UnsafeMutablePointer<Float>, count: Int) -> Int {
  var index = 0
  // Registers of 16 bytes are read for 12: the last of them must not reach beyond the end.
  while 3 &* index &+ 28 <= 3 &* count {
    let source = bytes + 3 &* index
    put(floats(SIMD8(lowHalf: fourOf24(source), highHalf: fourOf24(source + 12))), output + index)
    index &+= 8
  }
  return index
}

/// 24-bit stereo.
///
/// - Precondition: `bytes` holds `6 * count` bytes, `left` and `right` room for `count` samples each.
@inline(never)
public func decodeStereo24(
  _ bytes: UnsafeRawPointer, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>, count: Int
) -> Int {
  var index = 0
  while 6 &* index &+ 52 <= 6 &* count {
    let source = bytes + 6 &* index
    let first = fourFramesOf24(source, source + 24)
    let second = fourFramesOf24(source + 12, source + 36)
    put(floats(unsafeBitCast(SIMD4(first[0], second[0], first[2], second[2]), to: SIMD8<Int32>.self)), left + index)
    put(floats(unsafeBitCast(SIMD4(first[1], second[1], first[3], second[3]), to: SIMD8<Int32>.self)), right + index)
    index &+= 8
  }
  return index
}

#if X86_64_V3 || arch(arm64)
  /// Four samples of three bytes, left-justified: one shuffle of bytes.
  @inline(__always)
  private func fourOf24(_ source: UnsafeRawPointer) -> SIMD4<Int32> {
    let b = source.loadUnaligned(as: SIMD16<UInt8>.self)
    return unsafeBitCast(
      SIMD16<UInt8>(0, b[0], b[1], b[2], 0, b[3], b[4], b[5], 0, b[6], b[7], b[8], 0, b[9], b[10], b[11]),
      to: SIMD4<Int32>.self)
  }

  /// Two frames of two samples of three bytes from each of two places, left-justified: of each pair the left channel's
  /// two and the right channel's two. One shuffle of bytes within the halves of a register.
  @inline(__always)
  private func fourFramesOf24(_ low: UnsafeRawPointer, _ high: UnsafeRawPointer) -> SIMD4<UInt64> {
    let b = SIMD32<UInt8>(
      lowHalf: low.loadUnaligned(as: SIMD16<UInt8>.self), highHalf: high.loadUnaligned(as: SIMD16<UInt8>.self))
    return unsafeBitCast(
      SIMD32<UInt8>(
        0, b[0], b[1], b[2], 0, b[6], b[7], b[8], 0, b[3], b[4], b[5], 0, b[9], b[10], b[11],
        0, b[16], b[17], b[18], 0, b[22], b[23], b[24], 0, b[19], b[20], b[21], 0, b[25], b[26], b[27]),
      to: SIMD4<UInt64>.self)
  }
#else
  // SSE2 has no shuffle of bytes; loads of four bytes, one of them too many, do as well there.

  /// The sample at a byte offset, left-justified.
  @inline(__always)
  private func of24(_ source: UnsafeRawPointer, _ offset: Int) -> UInt32 {
    (source + offset).loadUnaligned(as: UInt32.self) &<< 8
  }

  /// Four samples of three bytes, left-justified.
  @inline(__always)
  private func fourOf24(_ source: UnsafeRawPointer) -> SIMD4<Int32> {
    unsafeBitCast(
      SIMD4(of24(source, 0), of24(source, 3), of24(source, 6), of24(source, 9)), to: SIMD4<Int32>.self)
  }

  /// Two frames of two samples of three bytes from each of two places, left-justified: of each pair the left channel's
  /// two and the right channel's two.
  @inline(__always)
  private func fourFramesOf24(_ low: UnsafeRawPointer, _ high: UnsafeRawPointer) -> SIMD4<UInt64> {
    unsafeBitCast(
      SIMD8(
        of24(low, 0), of24(low, 6), of24(low, 3), of24(low, 9),
        of24(high, 0), of24(high, 6), of24(high, 3), of24(high, 9)), to: SIMD4<UInt64>.self)
  }
#endif
