/// What one channel of a window measures; full scale is 1, samples that are NaN or infinite count as zero.
struct ChannelWindow: Sendable, Equatable {
  var minimum = 0.0
  var maximum = 0.0
  var sum = 0.0
  var squares = 0.0
  /// Digital zeros at the window's beginning and end; counted only beside a window of nothing else, and at the ends of
  /// a block.
  var zeroPrefix: Int32 = 0
  var zeroSuffix: Int32 = 0
  var exceptions = Exceptions()

  /// The largest magnitude.
  var peak: Double { max(maximum, -minimum) }

  /// Whether there is nothing but digital zeros, those of magnitude `zero` at most.
  func isZero(_ zero: Double) -> Bool { peak <= zero && exceptions.nonFinite == 0 }

  /// What most windows have none of; places are frames of the window.
  struct Exceptions: Sendable, Equatable {
    /// Samples at full scale from the window's beginning on, and up to its end.
    var railPrefix: Int32 = 0
    var railSuffix: Int32 = 0
    /// Samples in clipped runs that touch neither end, and the runs.
    var clipped: Int32 = 0
    var clippedRuns: Int32 = 0
    var firstClipped: Int32 = 0
    /// Samples beyond full scale.
    var over: Int32 = 0
    var firstOver: Int32 = 0
    /// Samples that are NaN or infinite.
    var nonFinite: Int32 = 0
    var firstNonFinite: Int32 = 0
  }
}

/// What all channels of a window measure together.
struct WindowSpread: Sendable, Equatable {
  var frames = 0
  /// The sum of the squares of every channel less the first: zero for channels that are alike.
  var difference = 0.0
  /// The sum of the squares of the channels' sum.
  var mix = 0.0
}
