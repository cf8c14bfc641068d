/// Puts together what was measured of a file's blocks, in their order.
///
/// Sums are added window by window, so the result is the same to the last bit for any size of block, and for any
/// number of threads that measured them.
public struct LevelFold: Sendable {
  private let format: MeterFormat
  private var frames = 0
  private var silentFrames = 0
  private var difference = 0.0
  private var mix = 0.0
  private var channels: [ChannelFold]

  /// Starts at a file's first frame.
  public init(_ format: MeterFormat) {
    self.format = format
    channels = Array(repeating: ChannelFold(format), count: format.layout.channels)
  }

  /// Adds the block that follows those added so far.
  ///
  /// - Precondition: the block is of the same format.
  public mutating func add(_ block: borrowing MeterBlock) {
    precondition(block.format == format, "a block of another format")
    for window in 0..<block.count {
      let spread = block.spreads[window]
      var silent = true
      for channel in 0..<channels.count {
        let isSilent = channels[channel].add(
          block.channels[window * channels.count + channel], frames: spread.frames, at: frames)
        silent = silent && isSilent
      }
      if silent { silentFrames += spread.frames }
      difference += spread.difference
      mix += spread.mix
      frames += spread.frames
    }
  }

  /// Says what the file measures that ends here.
  public func report() -> LevelReport {
    var channels = channels
    for channel in 0..<channels.count { channels[channel].finish(at: frames) }
    let squares = channels.reduce(0) { $0 + $1.squares }
    return LevelReport(
      frames: frames,
      sampleRate: format.sampleRate,
      channels: channels.map { $0.report(frames: frames) },
      silence: frames > 0 ? Double(silentFrames) / Double(frames) : 0,
      areChannelsIdentical: channels.count > 1 && difference == 0
        && channels.allSatisfy { $0.channel.nonFinite == channels[0].channel.nonFinite },
      mixPower: channels.count > 1 && squares > 0 ? mix / squares : nil)
  }
}

/// One channel of a ``LevelFold``.
private struct ChannelFold: Sendable {
  private(set) var channel = LevelReport.Channel()
  private(set) var squares = 0.0
  private var sum = 0.0
  private var silentFrames = 0
  private var dropouts: DropoutFold
  /// Samples at full scale up to where the last window ended.
  private var railRun = 0
  private var isEmpty = true

  init(_ format: MeterFormat) {
    dropouts = DropoutFold(format)
  }

  /// Adds a window that begins at frame `start`; returns whether it is silent.
  mutating func add(_ window: ChannelWindow, frames: Int, at start: Int) -> Bool {
    channel.minimum = isEmpty ? window.minimum : min(channel.minimum, window.minimum)
    channel.maximum = isEmpty ? window.maximum : max(channel.maximum, window.maximum)
    isEmpty = false
    sum += window.sum
    squares += window.squares
    addExceptions(window.exceptions, frames: frames, at: start)
    dropouts.add(window, frames: frames, at: start)

    let mean = window.sum / Double(frames)
    let isSilent = window.squares / Double(frames) - mean * mean < ChannelFold.silentPower
    if isSilent { silentFrames += frames }
    return isSilent
  }

  private static let silentPower = Decibels.power(LevelThreshold.silentWindow)

  private mutating func addExceptions(_ window: ChannelWindow.Exceptions, frames: Int, at start: Int) {
    channel.nonFinite.add(Int(window.nonFinite), at: start + Int(window.firstNonFinite))
    channel.overFullScale.add(Int(window.over), at: start + Int(window.firstOver))
    railRun += Int(window.railPrefix)
    guard window.railPrefix < frames else { return }
    endRun(at: start + Int(window.railPrefix))
    channel.clippedSamples.add(Int(window.clipped), at: start + Int(window.firstClipped))
    channel.clippedRuns += Int(window.clippedRuns)
    railRun = Int(window.railSuffix)
  }

  /// Ends the run at full scale before frame `end`.
  private mutating func endRun(at end: Int) {
    if railRun >= LevelMeter.shortestClippedRun {
      channel.clippedSamples.add(railRun, at: end - railRun)
      channel.clippedRuns += 1
    }
    railRun = 0
  }

  mutating func finish(at end: Int) {
    endRun(at: end)
    dropouts.finish()
  }

  func report(frames: Int) -> LevelReport.Channel {
    var report = channel
    report.dropouts = dropouts.found
    report.longestDropout = dropouts.longest
    guard frames > 0 else { return report }
    report.mean = sum / Double(frames)
    report.power = squares / Double(frames)
    report.silence = Double(silentFrames) / Double(frames)
    return report
  }
}
