import WAVE

/// What asynchronous recognition of a file is billed as.
public struct Billing: Sendable, Equatable {
  /// Seconds of two-channel audio.
  public var seconds: UInt64

  /// The least that a pair of channels is billed as, in seconds.
  static let leastSeconds: UInt64 = 15

  /// The bill for some audio, by SpeechKit's pricing rules: each pair of channels by itself, an odd channel as
  /// a pair, seconds rounded up, 15 at least.
  ///
  /// - Parameters:
  ///   - frames: frames of the file, above 0.
  ///   - sampleRate: frames a second, above 0.
  ///   - channels: samples of a frame, above 0.
  /// - Returns: nil for anything that is not above 0: such a file is not recognised.
  public init?(frames: UInt64, sampleRate: Int, channels: Int) {
    guard frames > 0, sampleRate > 0, channels > 0 else { return nil }
    let rate = UInt64(sampleRate)
    let whole = frames / rate + (frames.isMultiple(of: rate) ? 0 : 1)
    let pairs = UInt64(channels) / 2 + UInt64(channels) % 2
    let (seconds, overflow) = max(whole, Billing.leastSeconds).multipliedReportingOverflow(by: pairs)
    self.seconds = overflow ? UInt64.max : seconds
  }
}
