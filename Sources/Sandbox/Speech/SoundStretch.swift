/// A part of a recording in which there is sound, in milliseconds from its beginning.
struct SoundStretch: Equatable, Sendable {
  var start: Int
  var end: Int
}

/// Tells sound from silence by level, 10 ms at a time.
struct SoundDetector: Sendable {
  /// Milliseconds of one level.
  static let window = 10
  /// Quiet for this long, in windows, ends a stretch: a pause between sentences, not between words.
  static let pause = 50
  /// Sound shorter than this, in windows, is a click.
  static let shortest = 5
  /// Windows kept on either side of a stretch, for the soft beginnings and ends of words.
  static let margin = 15
  /// An RMS in 16-bit steps (-55 dBFS) under which a quiet room is.
  static let roomLevel = 60.0

  /// The stretches of sound.
  ///
  /// - Parameter levels: the RMS of each window, in 16-bit steps.
  static func stretches(_ levels: [Double]) -> [SoundStretch] {
    let threshold = threshold(levels)
    var runs: [Range<Int>] = []
    for (index, level) in levels.enumerated() where level > threshold {
      if let last = runs.last, index - last.upperBound < pause {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs.filter { $0.count >= shortest }.map { run in
      SoundStretch(
        start: max(0, run.lowerBound - margin) * window, end: min(levels.count, run.upperBound + margin) * window)
    }
  }

  /// Three times the background, but never so high that speech 18 dB under the loudest would be lost.
  private static func threshold(_ levels: [Double]) -> Double {
    guard !levels.isEmpty else { return 0 }
    let sorted = levels.sorted()
    let background = sorted[levels.count / 10]
    let loud = sorted[levels.count * 95 / 100]
    // Dither alone has a level near 1 and must not count as sound.
    return min(max(3 * background, roomLevel), max(loud / 8, 4))
  }
}
