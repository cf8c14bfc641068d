import AudioDSP
import WAVE

extension SampleScan {
  /// The `levels` object of `check --json`. Levels are in dBFS, null for digital silence.
  public var json: JSON {
    let channels = levels.channels.enumerated().map { index, channel in
      JSON.object([
        ("peak", .decibels(Decibels.of(amplitude: channel.peak))),
        ("rms", .decibels(Decibels.of(power: channel.power))),
        ("clippedSamples", .integer(channel.clippedSamples.count)),
        ("firstClipped", place(channel.clippedSamples.first, channel: index)),
        ("dcOffset", .number(channel.mean.rounded(places: 6))),
        ("silence", .number(channel.silence.rounded(places: 4))),
        ("nonFiniteSamples", .integer(channel.nonFinite.count)),
      ])
    }
    return .object([
      ("peak", .decibels(Decibels.of(amplitude: levels.peak))),
      ("rms", .decibels(Decibels.of(power: levels.power))),
      ("clippedSamples", .integer(levels.clippedSamples.count)),
      ("dcOffset", .number(levels.mean.rounded(places: 6))),
      ("silence", .number(levels.silence.rounded(places: 4))),
      ("nonFiniteSamples", .integer(levels.nonFinite.count)),
      ("perChannel", .array(channels)),
    ])
  }

  /// A sample's time in seconds and its byte.
  private func place(_ frame: Int?, channel: Int) -> JSON {
    guard let frame else { return .null }
    return .object([
      ("time", .number((Double(frame) / Double(levels.sampleRate)).rounded(places: 6))),
      ("offset", places.map { .unsigned($0.byte(frame: frame, channel: channel)) } ?? .null),
    ])
  }
}

extension JSON {
  /// A level, to a hundredth of a decibel.
  fileprivate static func decibels(_ level: Double?) -> JSON { level.map { .number($0.rounded(places: 2)) } ?? .null }
}

extension Double {
  /// The number to so many decimals: what more there is of a measurement is noise.
  fileprivate func rounded(places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return abs(self) < 1e12 ? (self * scale).rounded() / scale : self
  }
}
