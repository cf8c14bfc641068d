/// Exact totals of the even and of the odd samples of a run of 16-bit samples, even ones in `x`.
///
/// The even samples of stereo are its left channel; the two halves of mono belong together. `product` is the sum of
/// each even sample times the odd one after it.
public typealias Int16Totals = (
  minimum: SIMD2<Int16>, maximum: SIMD2<Int16>, sum: SIMD2<Int64>, squares: SIMD2<Int64>, product: Int64
)

/// Measures pairs of little-endian 16-bit samples.
///
/// - Precondition: `bytes` holds `4 * pairs` bytes, aligned or not; `pairs` is at most 2¹⁸, which keeps every
///   32-bit lane below from overflowing. The machine is little-endian.
public func measureInt16Pairs(_ bytes: UnsafeRawPointer, pairs: Int) -> Int16Totals {
  var minimum = SIMD16<Int16>(repeating: .max)
  var maximum = SIMD16<Int16>(repeating: .min)
  var sum = (even: SIMD8<Int32>.zero, odd: SIMD8<Int32>.zero)
  // A sum of squares outgrows 32 bits at once, so the two halves of each are added up apart: half as many
  // operations as widening to 64 bits takes.
  var evenSquares = (low: SIMD8<UInt32>.zero, high: SIMD8<UInt32>.zero)
  var oddSquares = (low: SIMD8<UInt32>.zero, high: SIMD8<UInt32>.zero)
  var negatedProduct = (low: SIMD8<UInt32>.zero, high: SIMD8<Int32>.zero)
  let lowHalf = SIMD8<UInt32>(repeating: 0xFFFF)

  var pair = 0
  while pair &+ 16 <= pairs {
    let first = bytes.loadUnaligned(fromByteOffset: 4 &* pair, as: SIMD16<Int16>.self)
    let second = bytes.loadUnaligned(fromByteOffset: 4 &* pair &+ 32, as: SIMD16<Int16>.self)
    minimum.replace(with: first, where: first .< minimum)
    maximum.replace(with: first, where: first .> maximum)
    minimum.replace(with: second, where: second .< minimum)
    maximum.replace(with: second, where: second .> maximum)

    let even0 = (unsafeBitCast(first, to: SIMD8<Int32>.self) &<< 16) &>> 16
    let even1 = (unsafeBitCast(second, to: SIMD8<Int32>.self) &<< 16) &>> 16
    let odd0 = unsafeBitCast(first, to: SIMD8<Int32>.self) &>> 16
    let odd1 = unsafeBitCast(second, to: SIMD8<Int32>.self) &>> 16
    sum.even &+= even0 &+ even1
    sum.odd &+= odd0 &+ odd1

    // Two squares reach 2³¹ and fit without a sign. Two products reach 2³¹ too, but their negations do not.
    let even = SIMD8<UInt32>(truncatingIfNeeded: even0 &* even0 &+ even1 &* even1)
    let odd = SIMD8<UInt32>(truncatingIfNeeded: odd0 &* odd0 &+ odd1 &* odd1)
    let negated = SIMD8<Int32>.zero &- (even0 &* odd0) &- (even1 &* odd1)
    evenSquares.low &+= even & lowHalf
    evenSquares.high &+= even &>> 16
    oddSquares.low &+= odd & lowHalf
    oddSquares.high &+= odd &>> 16
    negatedProduct.low &+= SIMD8<UInt32>(truncatingIfNeeded: negated) & lowHalf
    negatedProduct.high &+= negated &>> 16
    pair &+= 16
  }

  var totals: Int16Totals = (.init(repeating: .max), .init(repeating: .min), .zero, .zero, 0)
  for lane in 0..<8 {
    let low = SIMD2(minimum[2 &* lane], minimum[2 &* lane &+ 1])
    let high = SIMD2(maximum[2 &* lane], maximum[2 &* lane &+ 1])
    totals.minimum.replace(with: low, where: low .< totals.minimum)
    totals.maximum.replace(with: high, where: high .> totals.maximum)
    totals.sum &+= SIMD2(Int64(sum.even[lane]), Int64(sum.odd[lane]))
    totals.squares &+= SIMD2(Int64(evenSquares.low[lane]), Int64(oddSquares.low[lane]))
    totals.squares &+= SIMD2(Int64(evenSquares.high[lane]), Int64(oddSquares.high[lane])) &<< 16
    totals.product &-= Int64(negatedProduct.low[lane]) &+ Int64(negatedProduct.high[lane]) << 16
  }
  while pair < pairs {
    let samples = bytes.loadUnaligned(fromByteOffset: 4 &* pair, as: SIMD2<Int16>.self)
    totals.minimum.replace(with: samples, where: samples .< totals.minimum)
    totals.maximum.replace(with: samples, where: samples .> totals.maximum)
    let wide = SIMD2<Int64>(truncatingIfNeeded: samples)
    totals.sum &+= wide
    totals.squares &+= wide &* wide
    totals.product &+= wide.x &* wide.y
    pair &+= 1
  }
  return totals
}
