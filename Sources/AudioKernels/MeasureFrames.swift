/// Measures interleaved doubles of any number of channels, four channels at a time.
///
/// - Parameters:
///   - minimum: receives each channel's lowest sample; so do `maximum`, `sum` and `squares` what they are named for.
///   - together: room for the sum of each frame's samples.
/// - Returns: `difference`, the sum of the squares of every channel less the first, and `mix`, the sum of the squares
///   of the channels' sum.
/// - Precondition: `samples` holds `frames * channels` values and room for 3 more, which are read but do not matter;
///   `together` has room for `frames`, each other output for `channels`; none overlap.
public func measureFrames(
  _ samples: UnsafePointer<Double>, frames: Int, channels: Int,
  minimum: UnsafeMutablePointer<Double>, maximum: UnsafeMutablePointer<Double>,
  sum: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>,
  together: UnsafeMutablePointer<Double>
) -> (difference: Double, mix: Double) {
  together.update(repeating: 0, count: frames)
  var difference = SIMD4<Double>.zero
  var channel = 0
  while channel < channels {
    let count = min(4, channels &- channel)
    let beyond = SIMD4<Int64>(0, 1, 2, 3) .>= SIMD4(repeating: Int64(count))
    var low = SIMD4<Double>(repeating: .infinity)
    var high = SIMD4<Double>(repeating: -.infinity)
    var total = SIMD4<Double>.zero
    var power = SIMD4<Double>.zero
    var frame = UnsafeRawPointer(samples)
    for index in 0..<frames {
      let first = frame.loadUnaligned(as: Double.self)
      let four = frame.loadUnaligned(fromByteOffset: 8 &* channel, as: SIMD4<Double>.self)
      low.replace(with: four, where: four .< low)
      high.replace(with: four, where: four .> high)
      total += four
      power += four * four
      let apart = (four - SIMD4(repeating: first)).replacing(with: 0, where: beyond)
      difference += apart * apart
      together[index] += four.replacing(with: 0, where: beyond).sum()
      frame += 8 &* channels
    }
    for lane in 0..<count {
      minimum[channel &+ lane] = low[lane]
      maximum[channel &+ lane] = high[lane]
      sum[channel &+ lane] = total[lane]
      squares[channel &+ lane] = power[lane]
    }
    channel &+= 4
  }
  var mix = 0.0
  for index in 0..<frames { mix += together[index] * together[index] }
  return (difference.sum(), mix)
}
