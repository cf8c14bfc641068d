/// Totals of the even and of the odd samples of a run, even ones in `x`, in the samples' own unit.
///
/// The even samples of stereo are its left channel; the two halves of mono belong together. `difference` is the sum
/// of the squares of each even sample less the odd one after it: zero only if all such pairs are equal.
public typealias PairTotals = (
  minimum: SIMD2<Double>, maximum: SIMD2<Double>, sum: SIMD2<Double>, squares: SIMD2<Double>, difference: Double
)

/// Measures pairs of little-endian 24-bit samples in units of 2⁻³¹ of full scale, as if they had 32 bits.
///
/// - Precondition: `bytes` holds `6 * pairs` bytes, aligned or not. The machine is little-endian.
public func measureInt24Pairs(_ bytes: UnsafeRawPointer, pairs: Int) -> PairTotals {
  measurePairs(pairs) { pair in
    // Two loads that overlap rather than one of 32 bytes, which would reach beyond the last sample.
    let low = bytes.loadUnaligned(fromByteOffset: 6 &* pair, as: SIMD16<UInt8>.self)
    let high = bytes.loadUnaligned(fromByteOffset: 6 &* pair &+ 8, as: SIMD16<UInt8>.self)
    let first = SIMD16<UInt8>(
      0, low[0], low[1], low[2], 0, low[3], low[4], low[5],
      0, low[6], low[7], low[8], 0, low[9], low[10], low[11])
    let second = SIMD16<UInt8>(
      0, high[4], high[5], high[6], 0, high[7], high[8], high[9],
      0, high[10], high[11], high[12], 0, high[13], high[14], high[15])
    return SIMD8<Double>(
      SIMD8<Int32>(
        lowHalf: unsafeBitCast(first, to: SIMD4<Int32>.self),
        highHalf: unsafeBitCast(second, to: SIMD4<Int32>.self)))
  } last: { pair in
    // The even sample's word takes a byte of the odd one, and the odd sample's a byte of the even one, to stay inside.
    let even = bytes.loadUnaligned(fromByteOffset: 6 &* pair, as: UInt32.self) &<< 8
    let odd = bytes.loadUnaligned(fromByteOffset: 6 &* pair &+ 2, as: UInt32.self) & 0xFFFF_FF00
    return SIMD2<Double>(SIMD2(Int32(bitPattern: even), Int32(bitPattern: odd)))
  }
}

/// Measures pairs of little-endian 32-bit samples in units of 2⁻³¹ of full scale.
///
/// - Precondition: `bytes` holds `8 * pairs` bytes, aligned or not. The machine is little-endian.
public func measureInt32Pairs(_ bytes: UnsafeRawPointer, pairs: Int) -> PairTotals {
  measurePairs(pairs) { pair in
    SIMD8<Double>(bytes.loadUnaligned(fromByteOffset: 8 &* pair, as: SIMD8<Int32>.self))
  } last: { pair in
    SIMD2<Double>(bytes.loadUnaligned(fromByteOffset: 8 &* pair, as: SIMD2<Int32>.self))
  }
}

/// Measures pairs of little-endian single-precision samples.
///
/// A sample that is NaN or infinite leaves its half of `squares` NaN or infinite; finite ones never do. The other
/// totals mean nothing then.
///
/// - Precondition: `bytes` holds `8 * pairs` bytes, aligned or not. The machine is little-endian.
public func measureFloat32Pairs(_ bytes: UnsafeRawPointer, pairs: Int) -> PairTotals {
  measurePairs(pairs) { pair in
    SIMD8<Double>(bytes.loadUnaligned(fromByteOffset: 8 &* pair, as: SIMD8<Float>.self))
  } last: { pair in
    SIMD2<Double>(bytes.loadUnaligned(fromByteOffset: 8 &* pair, as: SIMD2<Float>.self))
  }
}

/// Measures pairs of little-endian double-precision samples.
///
/// A sample that is NaN, infinite, or so large that its square is, leaves its half of `squares` NaN or infinite.
///
/// - Precondition: `bytes` holds `16 * pairs` bytes, aligned or not. The machine is little-endian.
public func measureFloat64Pairs(_ bytes: UnsafeRawPointer, pairs: Int) -> PairTotals {
  measurePairs(pairs) { pair in
    bytes.loadUnaligned(fromByteOffset: 16 &* pair, as: SIMD8<Double>.self)
  } last: { pair in
    bytes.loadUnaligned(fromByteOffset: 16 &* pair, as: SIMD2<Double>.self)
  }
}

/// The loop of all the above: `four` reads four pairs from a pair on, `last` one.
///
/// Multiplies and adds in two steps even where the processor could fuse them, so that both builds give the same bits.
@inline(__always)
private func measurePairs(
  _ pairs: Int, four: (Int) -> SIMD8<Double>, last: (Int) -> SIMD2<Double>
) -> PairTotals {
  var minimum = SIMD8<Double>(repeating: .infinity)
  var maximum = SIMD8<Double>(repeating: -.infinity)
  var sum = SIMD8<Double>.zero
  var squares = SIMD8<Double>.zero
  var difference = SIMD4<Double>.zero
  var pair = 0
  while pair &+ 4 <= pairs {
    let samples = four(pair)
    minimum.replace(with: samples, where: samples .< minimum)
    maximum.replace(with: samples, where: samples .> maximum)
    sum += samples
    squares += samples * samples
    let apart = samples.evenHalf - samples.oddHalf
    difference += apart * apart
    pair &+= 4
  }

  var totals: PairTotals = (
    .init(repeating: .infinity), .init(repeating: -.infinity), .zero, .zero, difference.sum()
  )
  for lane in 0..<4 {
    let low = SIMD2(minimum[2 &* lane], minimum[2 &* lane &+ 1])
    let high = SIMD2(maximum[2 &* lane], maximum[2 &* lane &+ 1])
    totals.minimum.replace(with: low, where: low .< totals.minimum)
    totals.maximum.replace(with: high, where: high .> totals.maximum)
    totals.sum += SIMD2(sum[2 &* lane], sum[2 &* lane &+ 1])
    totals.squares += SIMD2(squares[2 &* lane], squares[2 &* lane &+ 1])
  }
  while pair < pairs {
    let samples = last(pair)
    totals.minimum.replace(with: samples, where: samples .< totals.minimum)
    totals.maximum.replace(with: samples, where: samples .> totals.maximum)
    totals.sum += samples
    totals.squares += samples * samples
    totals.difference += (samples.x - samples.y) * (samples.x - samples.y)
    pair &+= 1
  }
  return totals
}
