/// The sum of squares of a short run of samples.
///
/// - Precondition: `samples` holds `count`; at some thousand samples single precision still keeps five digits.
@inline(never)
public func energy(_ samples: UnsafePointer<Float>, count: Int) -> Double {
  let width = Vector.scalarCount
  var sum0 = Vector.zero, sum1 = Vector.zero
  var index = 0
  while index &+ 2 &* width <= count {
    let first = load(samples + index)
    let second = load(samples + index + width)
    sum0 = multiplyAdd(sum0, first, first)
    sum1 = multiplyAdd(sum1, second, second)
    index &+= 2 &* width
  }
  let lanes = sum0 + sum1
  var total: Double = 0
  for lane in 0..<width { total += Double(lanes[lane]) }
  while index < count {
    total += Double(samples[index]) * Double(samples[index])
    index &+= 1
  }
  return total
}

/// How far two channels are from each other: the largest difference, and whether any bit differs.
///
/// - Precondition: each pointer holds `count` samples.
@inline(never)
public func difference(
  _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, count: Int
) -> (largest: Float, bitsDiffer: Bool) {
  let width = Vector.scalarCount
  var bits = WordVector.zero
  var largest = Vector.zero
  var index = 0
  while index &+ width <= count {
    let a = load(first + index)
    let b = load(second + index)
    bits |= unsafeBitCast(a, to: WordVector.self) ^ unsafeBitCast(b, to: WordVector.self)
    let distance = unsafeBitCast(
      unsafeBitCast(a - b, to: WordVector.self) & WordVector(repeating: 0x7FFF_FFFF), to: Vector.self)
    largest.replace(with: distance, where: distance .> largest)
    index &+= width
  }
  var most: Float = 0
  var differ = bits != .zero
  for lane in 0..<width where largest[lane] > most { most = largest[lane] }
  while index < count {
    differ = differ || first[index].bitPattern != second[index].bitPattern
    let distance = abs(first[index] - second[index])
    if distance > most { most = distance }
    index &+= 1
  }
  return (most, differ)
}

/// What ``energy(_:count:)`` of both channels and of their mean, and ``difference(_:_:count:)``, find in one pass.
///
/// - Precondition: each pointer holds `count` samples, a multiple of the widest register's 8, some thousand at most.
@inline(never)
public func stereoStatistics(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, count: Int
) -> (left: Double, right: Double, mean: Double, largest: Float, bitsDiffer: Bool) {
  let width = Vector.scalarCount
  var leftSum = Vector.zero, rightSum = Vector.zero, meanSum = Vector.zero, largest = Vector.zero
  var bits = WordVector.zero
  var index = 0
  while index < count {
    let a = load(left + index)
    let b = load(right + index)
    let mean = (a + b) * 0.5
    leftSum = multiplyAdd(leftSum, a, a)
    rightSum = multiplyAdd(rightSum, b, b)
    meanSum = multiplyAdd(meanSum, mean, mean)
    bits |= unsafeBitCast(a, to: WordVector.self) ^ unsafeBitCast(b, to: WordVector.self)
    let distance = unsafeBitCast(
      unsafeBitCast(a - b, to: WordVector.self) & WordVector(repeating: 0x7FFF_FFFF), to: Vector.self)
    largest.replace(with: distance, where: distance .> largest)
    index &+= width
  }
  var sums = (left: 0.0, right: 0.0, mean: 0.0, largest: Float(0), bitsDiffer: bits != .zero)
  for lane in 0..<width {
    sums.left += Double(leftSum[lane])
    sums.right += Double(rightSum[lane])
    sums.mean += Double(meanSum[lane])
    if largest[lane] > sums.largest { sums.largest = largest[lane] }
  }
  return sums
}
