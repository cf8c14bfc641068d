import AudioKernels

/// The windows of a block, measured; made once and used again for block after block.
public struct MeterBlock: Sendable {
  let format: MeterFormat
  /// How many windows were measured.
  private(set) var count = 0
  /// For each window, its channels.
  var channels: [ChannelWindow]
  /// For each window, what its channels have in common.
  var spreads: [WindowSpread]
  /// Room for the samples of a window as doubles, channels interleaved, and for the 3 beyond that kernels read.
  var samples: [Double]
  /// Room for the totals of a window's channels, minima, maxima, sums and squares, and for sums of its frames.
  var totals: [Double]

  /// Makes room for the windows of one block.
  public init(_ format: MeterFormat) {
    self.format = format
    let channelCount = format.layout.channels
    channels = Array(repeating: ChannelWindow(), count: format.windowsPerBlock * channelCount)
    spreads = Array(repeating: WindowSpread(), count: format.windowsPerBlock)
    samples = Array(repeating: 0, count: format.windowFrames * channelCount + 3)
    totals = Array(repeating: 0, count: 4 * channelCount + format.windowFrames)
  }

  /// Forgets what was measured and makes ready for the windows of `frames` frames.
  mutating func reset(frames: Int) {
    count = (frames + format.windowFrames - 1) / format.windowFrames
    for window in 0..<count {
      spreads[window] = WindowSpread(frames: min(format.windowFrames, frames - window * format.windowFrames))
    }
    for index in 0..<count * format.layout.channels { channels[index] = ChannelWindow() }
  }

  /// Whether a channel of a window is as `condition` says.
  func anyChannel(of window: Int, where condition: (ChannelWindow) -> Bool) -> Bool {
    let first = window * format.layout.channels
    for index in first..<first + format.layout.channels where condition(channels[index]) { return true }
    return false
  }

  /// Stores a window's exact totals: two channels, or the two halves of one.
  mutating func store(exact: Int16Totals, _ window: Int) {
    let difference = exact.squares.x + exact.squares.y - 2 * exact.product
    let totals: PairTotals = (
      SIMD2(exact.minimum), SIMD2(exact.maximum), SIMD2(exact.sum), SIMD2(exact.squares), Double(difference)
    )
    store(totals, unit: 0x1p-15, window)
  }

  /// Stores a window's totals, whose unit is `unit` of full scale: two channels, or the two halves of one.
  mutating func store(_ totals: PairTotals, unit: Double, _ window: Int) {
    let squares = totals.squares * (unit * unit)
    guard format.layout.channels == 2 else {
      channels[window].minimum = min(totals.minimum.x, totals.minimum.y) * unit
      channels[window].maximum = max(totals.maximum.x, totals.maximum.y) * unit
      channels[window].sum = (totals.sum.x + totals.sum.y) * unit
      channels[window].squares = squares.x + squares.y
      return
    }
    for channel in 0..<2 {
      channels[2 * window + channel].minimum = totals.minimum[channel] * unit
      channels[2 * window + channel].maximum = totals.maximum[channel] * unit
      channels[2 * window + channel].sum = totals.sum[channel] * unit
      channels[2 * window + channel].squares = squares[channel]
    }
    let difference = totals.difference * (unit * unit)
    spreads[window].difference = difference
    // (l + r)² + (l − r)² = 2l² + 2r²
    spreads[window].mix = max(0, 2 * (squares.x + squares.y) - difference)
  }

  /// Adds to a mono window the sample that had no other to make a pair with.
  mutating func add(_ sample: Double, _ window: Int) {
    channels[window].minimum = min(channels[window].minimum, sample)
    channels[window].maximum = max(channels[window].maximum, sample)
    channels[window].sum += sample
    channels[window].squares += sample * sample
  }
}
