/// What a resampler's filter has to do, in fractions of the lower of the two Nyquist frequencies.
public struct ResamplerSpecification: Sendable, Equatable {
  /// Where the flat part of the response ends, below 1. The response is at −6 dB halfway from here to 1 and at full
  /// attenuation from 1 on.
  public var passband: Double
  /// How far down images and aliases are, in dB. The ripple of the flat part is as small: 10^(−attenuation / 20).
  public var attenuation: Double

  /// Makes a specification.
  ///
  /// - Precondition: `passband` is in 0.5…0.99, `attenuation` in 60…160.
  public init(passband: Double, attenuation: Double) {
    precondition((0.5...0.99).contains(passband) && (60...160).contains(attenuation), "no such filter")
    self.passband = passband
    self.attenuation = attenuation
  }

  /// Less than 3 dB down at 95 % of the lower Nyquist frequency, flat to 91.6 %, and 128 dB down from it on: finer than the noise
  /// of a 20-bit recording.
  public static let `default` = ResamplerSpecification(passband: 0.916, attenuation: 128)
}
