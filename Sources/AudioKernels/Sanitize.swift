/// Replaces NaN and infinity by zero and returns how many there were.
///
/// - Precondition: `samples` holds `count`.
@inline(never)
public func replaceNonFinite(_ samples: UnsafeMutablePointer<Float>, count: Int) -> Int {
  var replaced = 0
  for index in 0..<count where !samples[index].isFinite {
    samples[index] = 0
    replaced &+= 1
  }
  return replaced
}

/// The largest magnitude among the samples; NaN does not count.
///
/// - Precondition: `samples` holds `count`.
@inline(never)
public func peakMagnitude(_ samples: UnsafePointer<Float>, count: Int) -> Float {
  var peak: Float = 0
  for index in 0..<count {
    let magnitude = abs(samples[index])
    peak = magnitude > peak ? magnitude : peak
  }
  return peak
}
