/// Writes the mean of two channels: `mix[i] = (left[i] + right[i]) / 2`.
///
/// - Precondition: each pointer holds `count` samples; `mix` does not overlap the others except exactly.
@inline(never)
public func mixMean(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into mix: UnsafeMutablePointer<Float>, count: Int
) {
  let width = Vector.scalarCount
  var index = 0
  while index &+ width <= count {
    store((load(left + index) + load(right + index)) * 0.5, mix + index)
    index &+= width
  }
  while index < count {
    mix[index] = (left[index] + right[index]) * 0.5
    index &+= 1
  }
}

/// Adds a channel to a mix, scaled: `mix[i] += input[i] * factor`.
///
/// - Precondition: each pointer holds `count` samples, which do not overlap.
@inline(never)
public func mixAdd(
  _ input: UnsafePointer<Float>, factor: Float, into mix: UnsafeMutablePointer<Float>, count: Int
) {
  let width = Vector.scalarCount
  var index = 0
  while index &+ width <= count {
    store(load(mix + index) + load(input + index) * factor, mix + index)
    index &+= width
  }
  while index < count {
    mix[index] += input[index] * factor
    index &+= 1
  }
}
