/// How many consecutive outputs share one table of coefficients.
public let polyphaseColumns = 16

/// How many periods the filter works through side by side.
public let polyphasePeriods = 6

/// Filters 16 consecutive outputs of a period, and the same 16 of the periods that follow, as a product of matrices.
///
/// Outputs one period apart use the same coefficients on input one `inputStride` further. So each row of 16
/// coefficients, once in registers, serves six periods: twelve accumulators, each fed by one broadcast input sample,
/// which is what it takes to keep both multiply-add units busy.
///
/// The taps are visited from both ends towards the middle, `input[0]`, `input[2 * pairs - 1]`, `input[1]`, …, and
/// `coefficients` lie in that order. The large central taps come last, so the partial sums stay small and rounding
/// errors some 6 dB lower than in the order of time.
///
/// - Precondition: `coefficients` holds `2 * pairs` rows of 16; `input` holds
///   `(6 * groups - 1) * inputStride + 2 * pairs` samples; `output` holds `(6 * groups - 1) * outputStride + 16`.
@inline(never)
public func polyphase(
  _ input: UnsafePointer<Float>, inputStride: Int, coefficients: UnsafePointer<Float>, pairs: Int,
  into output: UnsafeMutablePointer<Float>, outputStride: Int, groups: Int
) {
  let width = Vector.scalarCount
  var group = 0
  while group < groups {
    let source = input + group &* polyphasePeriods &* inputStride
    let target = output + group &* polyphasePeriods &* outputStride
    var column = 0
    while column < polyphaseColumns {
      polyphaseTile(
        source, inputStride, coefficients + column, pairs, target + column, outputStride)
      column &+= 2 &* width
    }
    group &+= 1
  }
}

/// Two registers of outputs for each of six periods.
@inline(__always)
private func polyphaseTile(
  _ input: UnsafePointer<Float>, _ inputStride: Int, _ coefficients: UnsafePointer<Float>, _ pairs: Int,
  _ output: UnsafeMutablePointer<Float>, _ outputStride: Int
) {
  let width = Vector.scalarCount
  var a0 = Vector.zero, a1 = Vector.zero, a2 = Vector.zero, a3 = Vector.zero, a4 = Vector.zero, a5 = Vector.zero
  var b0 = Vector.zero, b1 = Vector.zero, b2 = Vector.zero, b3 = Vector.zero, b4 = Vector.zero, b5 = Vector.zero
  var row = coefficients

  @inline(__always)
  func step(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) {
    let h0 = load(row)
    let h1 = load(row + width)
    var sample = Vector(repeating: x[0])
    a0 = multiplyAdd(a0, sample, h0)
    b0 = multiplyAdd(b0, sample, h1)
    sample = Vector(repeating: x[inputStride])
    a1 = multiplyAdd(a1, sample, h0)
    b1 = multiplyAdd(b1, sample, h1)
    sample = Vector(repeating: x[2 &* inputStride])
    a2 = multiplyAdd(a2, sample, h0)
    b2 = multiplyAdd(b2, sample, h1)
    sample = Vector(repeating: y[0])
    a3 = multiplyAdd(a3, sample, h0)
    b3 = multiplyAdd(b3, sample, h1)
    sample = Vector(repeating: y[inputStride])
    a4 = multiplyAdd(a4, sample, h0)
    b4 = multiplyAdd(b4, sample, h1)
    sample = Vector(repeating: y[2 &* inputStride])
    a5 = multiplyAdd(a5, sample, h0)
    b5 = multiplyAdd(b5, sample, h1)
    row += polyphaseColumns
  }

  var first = input
  var last = input + (2 &* pairs &- 1)
  let half = 3 &* inputStride
  var pair = 0
  while pair < pairs {
    step(first, first + half)
    step(last, last + half)
    first += 1
    last -= 1
    pair &+= 1
  }

  store(a0, b0, output)
  store(a1, b1, output + outputStride)
  store(a2, b2, output + 2 &* outputStride)
  store(a3, b3, output + 3 &* outputStride)
  store(a4, b4, output + 4 &* outputStride)
  store(a5, b5, output + 5 &* outputStride)
}

/// Writes two registers side by side.
@inline(__always)
private func store(_ low: Vector, _ high: Vector, _ output: UnsafeMutablePointer<Float>) {
  store(low, output)
  store(high, output + Vector.scalarCount)
}
