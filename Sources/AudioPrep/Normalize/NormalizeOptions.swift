import AudioDSP

/// What a normalized file should be.
public struct NormalizeOptions: Sendable, Equatable {
  /// The rate of the output.
  public enum Rate: Sendable, Equatable {
    /// 8 kHz for input of up to 8 kHz, 16 kHz for all other: what the recogniser takes without waste.
    case auto
    /// So many frames a second, 1,000 to 768,000.
    case hertz(Int)
  }

  /// The channels of the output.
  public enum Channels: Sendable, Equatable {
    /// One of identical channels; different ones are kept up to two, and mixed above that.
    case auto
    /// All of them.
    case keep
    /// The mean of all, or the loudest where the mean would cancel.
    case mono
    /// These, counted from 0, in this order.
    case select([Int])
  }

  /// The converter of the sample rate.
  public enum ResamplerChoice: String, Sendable, CaseIterable {
    /// Ours for rational ratios, libsamplerate's best for all other.
    case auto
    /// Ours; an error where the ratio has too many phases.
    case polyphase
    /// libsamplerate's SRC_SINC_BEST_QUALITY.
    case sincBest = "sinc-best"
    /// libsamplerate's SRC_SINC_MEDIUM_QUALITY.
    case sincMedium = "sinc-medium"
    /// libsamplerate's SRC_SINC_FASTEST.
    case sincFastest = "sinc-fastest"
  }

  /// The rate of the output.
  public var rate = Rate.auto
  /// The channels of the output.
  public var channels = Channels.auto
  /// How a sample of the output is stored.
  public var format = Quantizer.Format.pcm16
  /// What becomes of rounding errors where bits are lost.
  public var dither = Quantizer.Dither.tpdf
  /// Amplification in dB, −120 to 120; negative values make it quieter.
  public var gain = 0.0
  /// The level in dBFS that the highest sample is brought to, −120 to 0, in place of ``gain``; nil leaves the level
  /// alone. Silence stays as it is.
  public var peak: Double?
  /// The converter of the sample rate.
  public var resampler = ResamplerChoice.auto
  /// Threads for one file; nil is one a core. The output is the same bytes whatever the number.
  public var threads: Int?

  /// The defaults: what the recogniser takes, made of whatever comes.
  public init() {}
}

extension NormalizeOptions {
  /// The rate for input of `rate` frames a second.
  func outputRate(for rate: Int) -> Int {
    switch self.rate {
    case .auto: rate <= 8000 ? 8000 : 16000
    case .hertz(let hertz): hertz
    }
  }

  /// What cannot be about the options for a recording of so many channels; nil when all is well.
  func fault(channels: Int) -> (reason: String, remedy: String)? {
    if case .hertz(let rate) = rate, !Recording.sampleRates.contains(rate) {
      return ("a rate of \(rate) Hz cannot be made", "choose --rate from 1000 to 768000")
    }
    if !(abs(gain) <= 120) { return ("a gain of \(gain) dB cannot be made", "choose --gain from -120 to 120") }
    if let peak, !(-120...0).contains(peak) {
      return ("a peak of \(peak) dBFS cannot be made", "choose --peak from -120 to 0")
    }
    guard case .select(let chosen) = self.channels else { return nil }
    if let missing = chosen.first(where: { !(0..<channels).contains($0) }) {
      return ("there is no channel \(missing + 1): it has \(channels)", "choose from 1 to \(channels) with --channels")
    }
    if !(1...Recording.mostChannels).contains(chosen.count) {
      return ("\(chosen.count) channels cannot be made", "choose 1 to \(Recording.mostChannels) with --channels")
    }
    return nil
  }
}
