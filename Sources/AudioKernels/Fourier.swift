// The passes of a mixed-radix fast Fourier transform over columns: 8 transforms side by side, one in each lane.
//
// An element of a transform is 8 consecutive floats in the array of real parts and 8 in that of imaginary parts, a
// *row*. The passes are Stockham's: from one array to another, sorted at the end without any bit reversal. A pass of
// radix p at length n and stride s reads, for each k below m = n / p and q below s, the rows q + s (k + j m), takes
// their p-point transform over j, multiplies output j by exp(-2πi j k / n) and writes it as row q + s (p k + j).
// Every function below does that for one radix. Swapping real and imaginary parts gives the inverse transform.
//
// `twiddles` holds, for each k, the real and imaginary parts of exp(-2πi j k / n) for j = 1 … p - 1.

/// A complex number in each of 8 lanes.
struct Row {
  var real: SIMD8<Float>
  var imaginary: SIMD8<Float>
}

/// The arrays of a pass.
///
/// Like every type of these modules it stays inside: a public one would have metadata, whose helper functions have the
/// same names in both builds, and the linker would keep one for both.
struct Arrays {
  let realIn: UnsafePointer<Float>
  let imaginaryIn: UnsafePointer<Float>
  let realOut: UnsafeMutablePointer<Float>
  let imaginaryOut: UnsafeMutablePointer<Float>

  @inline(__always)
  func load(_ row: Int) -> Row {
    Row(
      real: UnsafeRawPointer(realIn + 8 &* row).loadUnaligned(as: SIMD8<Float>.self),
      imaginary: UnsafeRawPointer(imaginaryIn + 8 &* row).loadUnaligned(as: SIMD8<Float>.self))
  }

  @inline(__always)
  func store(_ value: Row, _ row: Int) {
    UnsafeMutableRawPointer(realOut + 8 &* row).storeBytes(of: value.real, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(imaginaryOut + 8 &* row).storeBytes(of: value.imaginary, as: SIMD8<Float>.self)
  }
}

@inline(__always)
func + (left: Row, right: Row) -> Row {
  Row(real: left.real + right.real, imaginary: left.imaginary + right.imaginary)
}

@inline(__always)
func - (left: Row, right: Row) -> Row {
  Row(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
}

extension Row {
  /// `sum + x * h` for a real `h`.
  @inline(__always)
  static func multiplyAdd(_ sum: Row, _ x: Row, _ h: Float) -> Row {
    let factor = SIMD8<Float>(repeating: h)
    return Row(
      real: fused(sum.real, x.real, factor), imaginary: fused(sum.imaginary, x.imaginary, factor))
  }

  /// The row times a real number.
  @inline(__always)
  func scaled(_ h: Float) -> Row {
    Row(real: real * h, imaginary: imaginary * h)
  }

  /// `self - i * other`, and `self + i * other`.
  @inline(__always)
  func rotated(_ other: Row) -> (minus: Row, plus: Row) {
    (
      Row(real: real + other.imaginary, imaginary: imaginary - other.real),
      Row(real: real - other.imaginary, imaginary: imaginary + other.real)
    )
  }

  /// The row times a complex vector.
  @inline(__always)
  func times(_ r: SIMD8<Float>, _ i: SIMD8<Float>) -> Row {
    #if X86_64_V3 || arch(arm64)
      return Row(
        real: (real * r).addingProduct(negated(imaginary), i),
        imaginary: (imaginary * r).addingProduct(real, i))
    #else
      return Row(real: real * r - imaginary * i, imaginary: imaginary * r + real * i)
    #endif
  }

  /// The row times a complex number.
  @inline(__always)
  func times(_ twiddle: Twiddle) -> Row {
    times(twiddle.real, twiddle.imaginary)
  }
}

/// A complex number repeated in all lanes.
struct Twiddle {
  let real: SIMD8<Float>
  let imaginary: SIMD8<Float>

  /// Number `j` of those at `twiddles`, from 1.
  @inline(__always)
  init(_ twiddles: UnsafePointer<Float>, _ j: Int) {
    real = SIMD8(repeating: twiddles[2 &* j &- 2])
    imaginary = SIMD8(repeating: twiddles[2 &* j &- 1])
  }
}

/// Runs a pass: `twiddled` reads a butterfly's twiddles, `body` gets them, the first row to read, the distance to the
/// others, and the first row to write, `s` before the next.
///
/// The first pass, of stride 1, has its own loop: it reads new twiddles for each butterfly, the others for each `k`.
@inline(__always)
private func forEachButterfly<Twiddles>(
  radix: Int, _ m: Int, _ s: Int, _ twiddles: UnsafePointer<Float>,
  twiddled: (UnsafePointer<Float>) -> Twiddles, body: (Twiddles, Int, Int, Int) -> Void
) {
  if s == 1 {
    for k in 0..<m {
      body(twiddled(twiddles + 2 &* (radix &- 1) &* k), k, m, radix &* k)
    }
    return
  }
  for k in 0..<m {
    let w = twiddled(twiddles + 2 &* (radix &- 1) &* k)
    let source = s &* k
    let target = s &* radix &* k
    for q in 0..<s {
      body(w, source &+ q, s &* m, target &+ q)
    }
  }
}

/// `sum + x * h`, fused where that is one instruction.
@inline(__always)
func fused(_ sum: SIMD8<Float>, _ x: SIMD8<Float>, _ h: SIMD8<Float>) -> SIMD8<Float> {
  #if X86_64_V3 || arch(arm64)
    return sum.addingProduct(x, h)
  #else
    return sum + x * h
  #endif
}

/// `-x`, in a form that folds into a fused instruction, which `0 - x` does not.
@inline(__always)
private func negated(_ x: SIMD8<Float>) -> SIMD8<Float> {
  unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt32>.self) ^ SIMD8(repeating: 0x8000_0000), to: SIMD8<Float>.self)
}

/// A pass of radix 2.
@inline(never)
public func fourierPass2(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, length m: Int, stride s: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  forEachButterfly(radix: 2, m, s, twiddles) { w in
    Twiddle(w, 1)
  } body: { w, source, step, target in
    let a = arrays.load(source)
    let b = arrays.load(source &+ step)
    arrays.store(a + b, target)
    arrays.store((a - b).times(w), target &+ s)
  }
}

/// A pass of radix 3.
@inline(never)
public func fourierPass3(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, length m: Int, stride s: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  let sine: Float = 0.866_025_403_784_438_6
  forEachButterfly(radix: 3, m, s, twiddles) { w in
    (Twiddle(w, 1), Twiddle(w, 2))
  } body: { w, source, step, target in
    let a = arrays.load(source)
    let b = arrays.load(source &+ step)
    let c = arrays.load(source &+ 2 &* step)
    let sum = b + c
    let (first, second) = Row.multiplyAdd(a, sum, -0.5).rotated((b - c).scaled(sine))
    arrays.store(a + sum, target)
    arrays.store(first.times(w.0), target &+ s)
    arrays.store(second.times(w.1), target &+ 2 &* s)
  }
}

/// A pass of radix 4.
@inline(never)
public func fourierPass4(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, length m: Int, stride s: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  forEachButterfly(radix: 4, m, s, twiddles) { w in
    (Twiddle(w, 1), Twiddle(w, 2), Twiddle(w, 3))
  } body: { w, source, step, target in
    let a = arrays.load(source)
    let b = arrays.load(source &+ step)
    let c = arrays.load(source &+ 2 &* step)
    let d = arrays.load(source &+ 3 &* step)
    let even = a + c
    let odd = b + d
    let (first, third) = (a - c).rotated(b - d)
    arrays.store(even + odd, target)
    arrays.store(first.times(w.0), target &+ s)
    arrays.store((even - odd).times(w.1), target &+ 2 &* s)
    arrays.store(third.times(w.2), target &+ 3 &* s)
  }
}

/// A pass of radix 5.
@inline(never)
public func fourierPass5(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, length m: Int, stride s: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  let cosine1: Float = 0.309_016_994_374_947_4
  let cosine2: Float = -0.809_016_994_374_947_4
  let sine1: Float = 0.951_056_516_295_153_6
  let sine2: Float = 0.587_785_252_292_473_1
  forEachButterfly(radix: 5, m, s, twiddles) { w in
    (Twiddle(w, 1), Twiddle(w, 2), Twiddle(w, 3), Twiddle(w, 4))
  } body: { w, source, step, target in
    let a = arrays.load(source)
    let b = arrays.load(source &+ step)
    let c = arrays.load(source &+ 2 &* step)
    let d = arrays.load(source &+ 3 &* step)
    let e = arrays.load(source &+ 4 &* step)
    let sum1 = b + e
    let sum2 = c + d
    let difference1 = b - e
    let difference2 = c - d
    let real1 = Row.multiplyAdd(Row.multiplyAdd(a, sum1, cosine1), sum2, cosine2)
    let real2 = Row.multiplyAdd(Row.multiplyAdd(a, sum1, cosine2), sum2, cosine1)
    let (x1, x4) = real1.rotated(Row.multiplyAdd(difference1.scaled(sine1), difference2, sine2))
    let (x2, x3) = real2.rotated(Row.multiplyAdd(difference1.scaled(sine2), difference2, -sine1))
    arrays.store(a + sum1 + sum2, target)
    arrays.store(x1.times(w.0), target &+ s)
    arrays.store(x2.times(w.1), target &+ 2 &* s)
    arrays.store(x3.times(w.2), target &+ 3 &* s)
    arrays.store(x4.times(w.3), target &+ 4 &* s)
  }
}

/// A pass of radix 7.
@inline(never)
public func fourierPass7(
  realIn: UnsafePointer<Float>, imaginaryIn: UnsafePointer<Float>, realOut: UnsafeMutablePointer<Float>,
  imaginaryOut: UnsafeMutablePointer<Float>, twiddles: UnsafePointer<Float>, length m: Int, stride s: Int
) {
  let arrays = Arrays(realIn: realIn, imaginaryIn: imaginaryIn, realOut: realOut, imaginaryOut: imaginaryOut)
  let cosine1: Float = 0.623_489_801_858_733_5
  let cosine2: Float = -0.222_520_933_956_314_4
  let cosine3: Float = -0.900_968_867_902_419_1
  let sine1: Float = 0.781_831_482_468_029_8
  let sine2: Float = 0.974_927_912_181_823_6
  let sine3: Float = 0.433_883_739_117_558_1
  forEachButterfly(radix: 7, m, s, twiddles) { w in
    (Twiddle(w, 1), Twiddle(w, 2), Twiddle(w, 3), Twiddle(w, 4), Twiddle(w, 5), Twiddle(w, 6))
  } body: { w, source, step, target in
    let a = arrays.load(source)
    let b = arrays.load(source &+ step)
    let c = arrays.load(source &+ 2 &* step)
    let d = arrays.load(source &+ 3 &* step)
    let e = arrays.load(source &+ 4 &* step)
    let f = arrays.load(source &+ 5 &* step)
    let g = arrays.load(source &+ 6 &* step)
    let (p1, p2, p3) = (b + g, c + f, d + e)
    let (m1, m2, m3) = (b - g, c - f, d - e)
    @inline(__always)
    func combine(_ base: Row, _ h1: Float, _ h2: Float, _ h3: Float) -> Row {
      Row.multiplyAdd(Row.multiplyAdd(Row.multiplyAdd(base, p1, h1), p2, h2), p3, h3)
    }
    @inline(__always)
    func cross(_ h1: Float, _ h2: Float, _ h3: Float) -> Row {
      Row.multiplyAdd(Row.multiplyAdd(m1.scaled(h1), m2, h2), m3, h3)
    }
    let (x1, x6) = combine(a, cosine1, cosine2, cosine3).rotated(cross(sine1, sine2, sine3))
    let (x2, x5) = combine(a, cosine2, cosine3, cosine1).rotated(cross(sine2, -sine3, -sine1))
    let (x3, x4) = combine(a, cosine3, cosine1, cosine2).rotated(cross(sine3, -sine1, sine2))
    arrays.store(a + p1 + p2 + p3, target)
    arrays.store(x1.times(w.0), target &+ s)
    arrays.store(x2.times(w.1), target &+ 2 &* s)
    arrays.store(x3.times(w.2), target &+ 3 &* s)
    arrays.store(x4.times(w.3), target &+ 4 &* s)
    arrays.store(x5.times(w.4), target &+ 5 &* s)
    arrays.store(x6.times(w.5), target &+ 6 &* s)
  }
}
