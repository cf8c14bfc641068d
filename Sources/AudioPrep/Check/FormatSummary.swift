import WAVE

/// A file's format, as reports tell it.
public struct FormatSummary: Sendable, Equatable {
  /// The container.
  public var container: Container
  /// FFmpeg's name of the encoding.
  public var encoding: String
  /// Frames a second.
  public var sampleRate: Int
  /// Samples of a frame.
  public var channels: Int
  /// Bits of a sample's container; 0 for encodings that have none.
  public var bitsPerSample: Int
  /// Whole frames that the file holds; nil where that is unknown.
  public var frames: UInt64?
  /// Seconds; nil where they are unknown.
  public var duration: Double?
  /// Where the samples begin, in bytes; nil where there are none.
  public var dataOffset: UInt64?
  /// Bytes of samples that the file holds.
  public var dataBytes: UInt64

  /// Makes a summary.
  init(
    container: Container, encoding: String, sampleRate: Int, channels: Int, bitsPerSample: Int, frames: UInt64?,
    duration: Double?, dataOffset: UInt64?, dataBytes: UInt64
  ) {
    self.container = container
    self.encoding = encoding
    self.sampleRate = sampleRate
    self.channels = channels
    self.bitsPerSample = bitsPerSample
    self.frames = frames
    self.duration = duration
    self.dataOffset = dataOffset
    self.dataBytes = dataBytes
  }

  /// The format that a header gives.
  public init(_ header: WaveHeader) {
    container = header.container
    encoding = header.encoding.name
    sampleRate = header.sampleRate
    channels = header.channels
    bitsPerSample = header.bitsPerSample
    frames = header.frames
    duration = header.duration
    dataOffset = header.dataOffset
    dataBytes = header.dataBytes
  }

  /// The format as an object of `--json`.
  public var json: JSON {
    .object([
      ("container", .string(container.rawValue)),
      ("encoding", .string(encoding)),
      ("sampleRate", .integer(sampleRate)),
      ("channels", .integer(channels)),
      ("bitsPerSample", .integer(bitsPerSample)),
      ("frames", frames.map { .unsigned($0) } ?? .null),
      ("duration", duration.map { .number($0) } ?? .null),
      ("dataOffset", dataOffset.map { .unsigned($0) } ?? .null),
      ("dataBytes", .unsigned(dataBytes)),
    ])
  }
}
