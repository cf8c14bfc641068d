/// Finds the gaps in one channel: runs of digital zeros with sound right before and after.
struct DropoutFold: Sendable {
  /// The dropouts so far.
  private(set) var found = LevelReport.Occurrences()
  /// Frames of the longest.
  private(set) var longest = 0

  private let shortest: Int
  private let edge: Double
  private let zero: Double
  /// Peaks of the last two windows that are not all zero, the later one last.
  private var peaks = SIMD2<Double>.zero
  /// Digital zeros at the end of the window before.
  private var zeroSuffix = 0
  /// The run of zeros that goes on, and the sound before it.
  private var run: (start: Int, frames: Int, before: Double)?
  /// The run that ended in the window before, and the sound around it so far.
  private var ended: (start: Int, frames: Int, before: Double, after: Double)?

  init(_ format: MeterFormat) {
    // The second bound matters only where 16 frames, the shortest window, are more than 10 ms.
    shortest = max(Int(LevelThreshold.dropoutSeconds * Double(format.sampleRate)), 2 * format.windowFrames)
    edge = Decibels.amplitude(LevelThreshold.dropoutEdge)
    zero = format.zero
  }

  /// Adds a window that begins at frame `start`.
  mutating func add(_ window: ChannelWindow, frames: Int, at start: Int) {
    if window.isZero(zero) {
      judge()
      let before = run ?? (start - zeroSuffix, zeroSuffix, peaks.max())
      run = (before.start, before.frames + frames, before.before)
      zeroSuffix = frames
      return
    }
    if var last = ended {
      last.after = max(last.after, window.peak)
      ended = last
      judge()
    }
    if let run {
      ended = (run.start, run.frames + Int(window.zeroPrefix), run.before, window.peak)
      self.run = nil
    }
    peaks = SIMD2(peaks.y, window.peak)
    zeroSuffix = Int(window.zeroSuffix)
  }

  /// Ends the file.
  mutating func finish() { judge() }

  /// Decides whether the run that has ended is a dropout.
  private mutating func judge() {
    guard let last = ended else { return }
    ended = nil
    guard last.frames >= shortest, last.before >= edge, last.after >= edge else { return }
    found.add(1, at: last.start)
    longest = max(longest, last.frames)
  }
}
