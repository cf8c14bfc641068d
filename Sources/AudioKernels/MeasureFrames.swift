/// Measures interleaved doubles of any number of channels.
///
/// - Parameters:
///   - minimum: receives each channel's lowest sample; so do `maximum`, `sum` and `squares` what they are named for.
/// - Returns: `difference`, the sum of the squares of every channel less the first, and `mix`, the sum of the squares
///   of the channels' sum.
/// - Precondition: `samples` holds `frames * channels` finite values, each output room for `channels`; none overlap.
public func measureFrames(
  _ samples: UnsafePointer<Double>, frames: Int, channels: Int,
  minimum: UnsafeMutablePointer<Double>, maximum: UnsafeMutablePointer<Double>,
  sum: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
) -> (difference: Double, mix: Double) {
  minimum.update(repeating: .infinity, count: channels)
  maximum.update(repeating: -.infinity, count: channels)
  sum.update(repeating: 0, count: channels)
  squares.update(repeating: 0, count: channels)
  var difference = 0.0
  var mix = 0.0
  var frame = samples
  for _ in 0..<frames {
    let first = frame[0]
    var together = 0.0
    for channel in 0..<channels {
      let sample = frame[channel]
      minimum[channel] = sample < minimum[channel] ? sample : minimum[channel]
      maximum[channel] = sample > maximum[channel] ? sample : maximum[channel]
      sum[channel] += sample
      squares[channel] += sample * sample
      difference += (sample - first) * (sample - first)
      together += sample
    }
    mix += together * together
    frame += channels
  }
  return (difference, mix)
}
