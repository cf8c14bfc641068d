import AudioDSP

/// What the samples of a file come to, and where they stand.
public struct SampleScan: Sendable, Equatable {
  /// What they measure.
  public var levels: LevelReport
  /// The sound's upper end, as a share of the band, 0 to 1; nil where there is too little sound to tell.
  public var upperEnd: Double?
  /// Where samples stand in the file; nil for encodings whose samples have no place of their own.
  public var places: Places?

  /// Where the samples of an uncompressed encoding stand.
  public struct Places: Sendable, Equatable {
    /// The first sample's byte.
    public var offset: UInt64
    /// Bytes of a sample.
    public var bytesPerSample: Int
    /// Bytes of a frame.
    public var bytesPerFrame: Int

    /// The byte at which a sample begins.
    func byte(frame: Int, channel: Int) -> UInt64 {
      offset + UInt64(frame) * UInt64(bytesPerFrame) + UInt64(channel * bytesPerSample)
    }
  }

  /// The scan of an uncompressed encoding.
  init(_ data: SampleData, _ levels: LevelReport, upperEnd: Double?) {
    self.levels = levels
    self.upperEnd = upperEnd
    places = Places(
      offset: data.offset, bytesPerSample: data.format.layout.bytesPerSample,
      bytesPerFrame: data.format.layout.bytesPerFrame)
  }

  /// The scan of an encoding that was decoded.
  init(decoded levels: LevelReport, upperEnd: Double?) {
    self.levels = levels
    self.upperEnd = upperEnd
  }
}
