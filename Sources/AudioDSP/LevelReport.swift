/// What a file's samples measure: overall, and channel by channel.
public struct LevelReport: Sendable, Equatable {
  /// Frames measured.
  public var frames: Int
  /// Frames a second.
  public var sampleRate: Int
  /// The channels, in the order of the file.
  public var channels: [Channel]
  /// The share of the time, 0 to 1, in which every channel is silent.
  public var silence: Double
  /// Whether there are several channels and every sample of each is that of the first, in the 53 bits of a double.
  public var areChannelsIdentical: Bool
  /// The power of the channels' sum, as a share of the sum of their powers: 1 for channels that have nothing to do
  /// with each other, 2 for two that are identical, 0 for two of which one is the other upside down. Nil for one
  /// channel, and where all are digital silence.
  public var mixPower: Double?

  /// How often something is found, and the frame where it is found first.
  public struct Occurrences: Sendable, Equatable {
    /// How often.
    public var count = 0
    /// The frame of the first; nil for none.
    public var first: Int?

    /// Adds `count` more, of which the first is at `frame`.
    mutating func add(_ count: Int, at frame: Int) {
      guard count > 0 else { return }
      self.count += count
      first = min(first ?? frame, frame)
    }
  }

  /// What one channel measures. Full scale is 1; samples that are NaN or infinite count as zero.
  public struct Channel: Sendable, Equatable {
    /// The lowest sample.
    public var minimum = 0.0
    /// The highest sample.
    public var maximum = 0.0
    /// The mean of all samples.
    public var mean = 0.0
    /// The mean of the samples' squares.
    public var power = 0.0
    /// The share of the time, 0 to 1, in which the channel is silent: see ``LevelThreshold/silentWindow``.
    public var silence = 0.0
    /// Samples in runs at full scale: see ``LevelMeter/shortestClippedRun``.
    public var clippedSamples = Occurrences()
    /// How many such runs.
    public var clippedRuns = 0
    /// Samples beyond full scale.
    public var overFullScale = Occurrences()
    /// Samples that are NaN or infinite.
    public var nonFinite = Occurrences()
    /// Runs of digital zeros inside sound: see ``LevelThreshold/dropoutSeconds``.
    public var dropouts = Occurrences()
    /// Frames of the longest dropout.
    public var longestDropout = 0

    /// The largest magnitude.
    public var peak: Double { max(maximum, -minimum) }
    /// The largest distance from the mean: the peak of what can be heard.
    public var audiblePeak: Double { max(maximum - mean, mean - minimum) }
  }

  /// The largest magnitude of all channels.
  public var peak: Double { channels.map(\.peak).max() ?? 0 }
  /// The largest distance of a channel's samples from its mean, of all channels.
  public var audiblePeak: Double { channels.map(\.audiblePeak).max() ?? 0 }
  /// The mean of the squares of all channels' samples.
  public var power: Double { channels.isEmpty ? 0 : channels.map(\.power).reduce(0, +) / Double(channels.count) }
  /// The mean that is farthest from zero among the channels'.
  public var mean: Double { channels.map(\.mean).max { abs($0) < abs($1) } ?? 0 }
  /// Samples in clipped runs, and the first frame that has one, in whatever channel.
  public var clippedSamples: Occurrences { total(\.clippedSamples) }
  /// Samples beyond full scale, likewise.
  public var overFullScale: Occurrences { total(\.overFullScale) }
  /// Samples that are NaN or infinite, likewise.
  public var nonFinite: Occurrences { total(\.nonFinite) }

  private func total(_ occurrences: KeyPath<Channel, Occurrences>) -> Occurrences {
    var total = Occurrences()
    for channel in channels {
      let found = channel[keyPath: occurrences]
      if let first = found.first { total.add(found.count, at: first) }
    }
    return total
  }
}
