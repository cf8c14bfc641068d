// The step between 8 transforms of length R, one in each lane, and one transform of length N = 8 R.
//
// With n = 8 r + c and k = k1 + R k2, the transform of x is
//   X[k1 + R k2] = Σ over c of exp(-2πi c k2 / 8) · exp(-2πi c k1 / N) · Y_c[k1],
// where Y_c is the transform of x[8 r + c] over r: lane c of the columns' transform. The inverse undoes it in reverse
// order; swapping real and imaginary parts turns one direction of exponents into the other.
//
// `twiddles` holds, for each group of 8 consecutive k1 and each c from 1 to 7, 8 real and 8 imaginary parts of
// exp(-2πi c k1 / N). The last group starts at R - 8, and overlaps the one before it when 8 does not divide R.

/// Eight rows.
private struct Tile {
  var row0, row1, row2, row3, row4, row5, row6, row7: Row

  /// The 8-point transform across the rows: row `j` becomes the sum of rows `c` times exp(-2πi c j / 8).
  @inline(__always)
  func transformed() -> Tile {
    let root: Float = 0.707_106_781_186_547_5
    let (even0, odd0) = (row0 + row4, row0 - row4)
    let (even1, odd1) = (row1 + row5, row1 - row5)
    let (even2, odd2) = (row2 + row6, row2 - row6)
    let (even3, odd3) = (row3 + row7, row3 - row7)
    let (sum0, sum1) = (even0 + even2, even1 + even3)
    let (x2, x6) = (even0 - even2).rotated(even1 - even3)
    // The odd outputs: odd1 and odd3 turned by an eighth and three eighths of a circle.
    let turned = (odd1 - odd3).scaled(root)
    let crossed = (odd1 + odd3).scaled(root)
    let (a, b) = (odd0 + turned, odd0 - turned)
    let (c, d) = (odd2 + crossed, crossed - odd2)
    let (x1, x7) = a.rotated(c)
    let (x3, x5) = b.rotated(d)
    return Tile(
      row0: sum0 + sum1, row1: x1, row2: x2, row3: x3, row4: sum0 - sum1, row5: x5, row6: x6, row7: x7)
  }

  /// Rows become lanes.
  @inline(__always)
  func transposed() -> Tile {
    let r = transpose(
      row0.real, row1.real, row2.real, row3.real, row4.real, row5.real, row6.real, row7.real)
    let i = transpose(
      row0.imaginary, row1.imaginary, row2.imaginary, row3.imaginary, row4.imaginary, row5.imaginary,
      row6.imaginary, row7.imaginary)
    return Tile(
      row0: Row(real: r.0, imaginary: i.0), row1: Row(real: r.1, imaginary: i.1),
      row2: Row(real: r.2, imaginary: i.2), row3: Row(real: r.3, imaginary: i.3),
      row4: Row(real: r.4, imaginary: i.4), row5: Row(real: r.5, imaginary: i.5),
      row6: Row(real: r.6, imaginary: i.6), row7: Row(real: r.7, imaginary: i.7))
  }

  /// Row `c` times the group's twiddles of `c`.
  @inline(__always)
  func twiddled(_ twiddles: UnsafePointer<Float>) -> Tile {
    @inline(__always)
    func turn(_ row: Row, _ c: Int) -> Row {
      let w = UnsafeRawPointer(twiddles + 16 &* (c &- 1))
      return row.times(
        w.loadUnaligned(as: SIMD8<Float>.self), w.loadUnaligned(fromByteOffset: 32, as: SIMD8<Float>.self))
    }
    return Tile(
      row0: row0, row1: turn(row1, 1), row2: turn(row2, 2), row3: turn(row3, 3), row4: turn(row4, 4),
      row5: turn(row5, 5), row6: turn(row6, 6), row7: turn(row7, 7))
  }
}

extension Arrays {
  /// The row that starts with float `first`.
  @inline(__always)
  fileprivate func load(first: Int) -> Row {
    Row(
      real: UnsafeRawPointer(realIn + first).loadUnaligned(as: SIMD8<Float>.self),
      imaginary: UnsafeRawPointer(imaginaryIn + first).loadUnaligned(as: SIMD8<Float>.self))
  }

  /// Writes a row likewise.
  @inline(__always)
  fileprivate func store(_ row: Row, first: Int) {
    UnsafeMutableRawPointer(realOut + first).storeBytes(of: row.real, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(imaginaryOut + first).storeBytes(of: row.imaginary, as: SIMD8<Float>.self)
  }

  /// Eight rows, `step` floats apart, from float `first` on.
  @inline(__always)
  fileprivate func load(first: Int, step: Int) -> Tile {
    @inline(__always)
    func row(_ index: Int) -> Row { load(first: first &+ index &* step) }
    return Tile(
      row0: row(0), row1: row(1), row2: row(2), row3: row(3), row4: row(4), row5: row(5), row6: row(6), row7: row(7))
  }

  /// Writes eight rows likewise.
  @inline(__always)
  fileprivate func store(_ tile: Tile, first: Int, step: Int) {
    @inline(__always)
    func put(_ row: Row, _ index: Int) { store(row, first: first &+ index &* step) }
    put(tile.row0, 0)
    put(tile.row1, 1)
    put(tile.row2, 2)
    put(tile.row3, 3)
    put(tile.row4, 4)
    put(tile.row5, 5)
    put(tile.row6, 6)
    put(tile.row7, 7)
  }
}

/// The last step of a transform: from the columns' transforms to bins in their natural order.
///
/// - Precondition: `rows` ≥ 8; every array holds `8 * rows` floats.
@inline(never)
public func fourierJoin(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, rows: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  var group = 0
  while 8 &* group < rows {
    let first = min(8 &* group, rows &- 8)
    let columns = arrays.load(first: 8 &* first, step: 8).transposed()
    let bins = columns.twiddled(twiddles + 112 &* group).transformed()
    arrays.store(bins, first: first, step: rows)
    group &+= 1
  }
}

/// The first step of an inverse transform: from bins in their natural order to columns.
///
/// - Precondition: as of ``fourierJoin(realIn:imaginaryIn:realOut:imaginaryOut:twiddles:rows:)``.
@inline(never)
public func fourierSplit(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, rows: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  var group = 0
  while 8 &* group < rows {
    let first = min(8 &* group, rows &- 8)
    let columns = arrays.load(first: first, step: rows).transformed().twiddled(twiddles + 112 &* group)
    arrays.store(columns.transposed(), first: 8 &* first, step: 8)
    group &+= 1
  }
}

/// Multiplies complex numbers: `out = in * response`.
///
/// - Precondition: `count` is a multiple of 4, at least 8; every array holds `count` floats, and the outputs' overlap no
///   others.
@inline(never)
public func fourierMultiply(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, responseReal: UnsafePointer<Float>,
  responseImaginary: UnsafePointer<Float>, count: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  let response = Arrays(
    realIn: responseReal, imaginaryIn: responseImaginary, realOut: realOut, imaginaryOut: imaginaryOut)
  var index = 0
  while index < count {
    // The last row overlaps the one before it where 8 does not divide the count.
    let first = min(index, count &- 8)
    let factor = response.load(first: first)
    arrays.store(arrays.load(first: first).times(factor.real, factor.imaginary), first: first)
    index &+= 8
  }
}

/// An 8 × 8 transposition: halves first, then a 4 × 4 transposition within each half.
///
/// The first step moves pairs of floats as 64-bit integers. The optimiser cannot see single floats through that:
/// where it can, it computes what feeds the transposition one lane at a time.
@inline(__always)
private func transpose(
  _ r0: SIMD8<Float>, _ r1: SIMD8<Float>, _ r2: SIMD8<Float>, _ r3: SIMD8<Float>, _ r4: SIMD8<Float>,
  _ r5: SIMD8<Float>, _ r6: SIMD8<Float>, _ r7: SIMD8<Float>
) -> (
  SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>
) {
  let (l0, h0) = exchangeHalves(r0, r4)
  let (l1, h1) = exchangeHalves(r1, r5)
  let (l2, h2) = exchangeHalves(r2, r6)
  let (l3, h3) = exchangeHalves(r3, r7)
  let (c0, c1, c2, c3) = transposeHalves(l0, l1, l2, l3)
  let (c4, c5, c6, c7) = transposeHalves(h0, h1, h2, h3)
  return (c0, c1, c2, c3, c4, c5, c6, c7)
}

/// The lower halves of both, and the upper halves of both.
@inline(__always)
private func exchangeHalves(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
  let x = unsafeBitCast(a, to: SIMD4<UInt64>.self)
  let y = unsafeBitCast(b, to: SIMD4<UInt64>.self)
  return (
    unsafeBitCast(SIMD4(x[0], x[1], y[0], y[1]), to: SIMD8<Float>.self),
    unsafeBitCast(SIMD4(x[2], x[3], y[2], y[3]), to: SIMD8<Float>.self)
  )
}

/// A 4 × 4 transposition in each half.
@inline(__always)
private func transposeHalves(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>, _ d: SIMD8<Float>)
  -> (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>)
{
  let (even0, even1) = interleave(a, c)
  let (odd0, odd1) = interleave(b, d)
  let (x0, x1) = interleave(even0, odd0)
  let (x2, x3) = interleave(even1, odd1)
  return (x0, x1, x2, x3)
}

/// Interleaves lanes within each half: one unpack instruction each.
@inline(__always)
private func interleave(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
  (
    SIMD8(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5]),
    SIMD8(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
  )
}
