/// Separates samples of even and odd index: `even[i] = input[2i]`, `odd[i] = input[2i + 1]`.
///
/// - Parameter input: the bytes of the samples, at any alignment.
/// - Precondition: `input` holds `2 * count` samples, `even` and `odd` room for `count` each; none overlap.
@inline(never)
public func splitEvenOdd(
  _ input: UnsafeRawPointer, even: UnsafeMutablePointer<Float>, odd: UnsafeMutablePointer<Float>, count: Int
) {
  let width = Vector.scalarCount
  var index = 0
  while index &+ width <= count {
    let source = input + 8 &* index
    let low = source.loadUnaligned(as: Vector.self)
    let high = (source + 4 &* width).loadUnaligned(as: Vector.self)
    store(Vector(lowHalf: low.evenHalf, highHalf: high.evenHalf), even + index)
    store(Vector(lowHalf: low.oddHalf, highHalf: high.oddHalf), odd + index)
    index &+= width
  }
  while index < count {
    even[index] = input.loadUnaligned(fromByteOffset: 8 &* index, as: Float.self)
    odd[index] = input.loadUnaligned(fromByteOffset: 8 &* index &+ 4, as: Float.self)
    index &+= 1
  }
}

/// Halves the rate with a half-band filter, whose every other coefficient is zero but the middle one, a half:
/// `output[i] = even[i] / 2 + Σ coefficients[k] * (odd[i + taps - 1 - k] + odd[i + taps + k])`, `k` from `taps - 1`
/// down to 0, small coefficients first.
///
/// - Parameter count: outputs, rounded up to whole blocks of 32 by the caller.
/// - Precondition: `even` and `output` hold `count` samples, `odd` holds `count + 2 * taps - 1`, `coefficients` holds
///   `taps`; `count` is a multiple of 32.
@inline(never)
public func halfBand(
  even: UnsafePointer<Float>, odd: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, taps: Int,
  into output: UnsafeMutablePointer<Float>, count: Int
) {
  let width = Vector.scalarCount
  let half = Vector(repeating: 0.5)
  var index = 0
  while index < count {
    var sum0 = Vector.zero, sum1 = Vector.zero, sum2 = Vector.zero, sum3 = Vector.zero
    var tap = taps
    while tap > 0 {
      tap &-= 1
      let h = Vector(repeating: coefficients[tap])
      let before = odd + (index &+ taps &- 1 &- tap)
      let after = odd + (index &+ taps &+ tap)
      sum0 = multiplyAdd(sum0, load(before) + load(after), h)
      sum1 = multiplyAdd(sum1, load(before + width) + load(after + width), h)
      sum2 = multiplyAdd(sum2, load(before + 2 &* width) + load(after + 2 &* width), h)
      sum3 = multiplyAdd(sum3, load(before + 3 &* width) + load(after + 3 &* width), h)
    }
    let middle = even + index
    let target = output + index
    store(multiplyAdd(sum0, load(middle), half), target)
    store(multiplyAdd(sum1, load(middle + width), half), target + width)
    store(multiplyAdd(sum2, load(middle + 2 &* width), half), target + 2 &* width)
    store(multiplyAdd(sum3, load(middle + 3 &* width), half), target + 3 &* width)
    index &+= 4 &* width
  }
}
