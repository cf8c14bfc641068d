/// The low-pass of a rational change of rate, at the input's rate.
struct LowPass {
  /// Where the response is at −6 dB, as a fraction of the input's Nyquist frequency.
  let cutoff: Double
  /// The filter ends this many inputs to either side of its middle.
  let reach: Int

  /// The low-pass for turning `step` samples into `phases`.
  init(phases: Int, step: Int, specification: ResamplerSpecification) {
    let lower = min(1, Double(phases) / Double(step))
    cutoff = lower * (1 + specification.passband) / 2
    let width = lower * (1 - specification.passband) / 2
    reach = Int((KaiserWindow.length(attenuation: specification.attenuation, width: width) / 2).rounded(.up))
  }

  /// The impulse response from its middle on, at `points` points to an input sample; the sum over all inputs is 1.
  func taps(_ specification: ResamplerSpecification, points: Int = 1) -> [Double] {
    let window = KaiserWindow(attenuation: specification.attenuation)
    return (0..<reach * points).map { point in
      let distance = Double(point) / Double(points)
      return cutoff * sinc(cutoff * distance) * window(distance / Double(reach))
    }
  }
}
