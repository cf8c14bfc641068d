/// Writes the mean of two channels: `mix[i] = (left[i] + right[i]) / 2`.
///
/// - Precondition: each pointer holds `count` samples; `mix` does not overlap the others except exactly.
public func mixMean(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into mix: UnsafeMutablePointer<Float>, count: Int
) {
  var index = 0
  while index < count {
    mix[index] = (left[index] + right[index]) * 0.5
    index &+= 1
  }
}
