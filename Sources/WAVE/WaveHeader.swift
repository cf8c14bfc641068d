/// What the header of a WAVE file says, with sizes corrected to what the file holds.
public struct WaveHeader: Sendable, Equatable {
  /// The container.
  public var container: Container
  /// The `fmt ` chunk as it stands in the file.
  public var format: FormatChunk
  /// The `data` chunk; nil where there is none.
  public var data: DataChunk?
  /// The `fact` chunk; nil where there is none.
  public var fact: FactChunk?
  /// The `ds64` chunk; nil where there is none.
  public var dataSize64: DataSize64Chunk?
  /// The `bext` chunk; nil where there is none.
  public var broadcast: BroadcastChunk?

  /// How samples are encoded.
  public var encoding: Encoding
  /// How samples lie in the data; nil when they are not plain numbers, or their width cannot be told.
  public var layout: PCMLayout?
  /// Whole frames that the file holds; nil when that cannot be told without decoding.
  public var frames: UInt64?
}

extension WaveHeader {
  /// Frames a second.
  public var sampleRate: Int { Int(format.sampleRate) }
  /// Samples of a frame.
  public var channels: Int { Int(format.channels) }
  /// Bits of a sample's container, as the `fmt ` chunk gives them; 0 for most compressed encodings.
  public var bitsPerSample: Int { Int(format.bitsPerSample) }
  /// Bits of a sample that carry something.
  public var validBits: Int { Int(format.validBits ?? format.bitsPerSample) }
  /// Bytes of a frame or block, as the `fmt ` chunk gives them.
  public var blockAlign: Int { Int(format.blockAlign) }
  /// Bytes a second, as the `fmt ` chunk gives them.
  public var byteRate: Int { Int(format.byteRate) }
  /// The loudspeakers of an extensible format.
  public var channelMask: UInt32? { format.channelMask }
  /// Where the samples begin, in bytes from the file's beginning; nil where there are none.
  public var dataOffset: UInt64? { data?.offset }
  /// Bytes of samples that the file holds, a broken last frame included.
  public var dataBytes: UInt64 { data?.availableBytes ?? 0 }

  /// Seconds of audio; nil when the frames or their rate are unknown.
  public var duration: Double? {
    guard let frames, format.sampleRate > 0 else { return nil }
    return Double(frames) / Double(format.sampleRate)
  }

  /// Whether there are samples that can be read in the way that `layout` says.
  public var isLinear: Bool { layout != nil && data != nil }
}

/// What looking at a file's header gives.
public struct Inspection: Sendable {
  /// The header; nil when the file is no WAVE file, or has no format.
  public var header: WaveHeader?
  /// What is wrong with the structure and the format's fields, in the order in which it was found. Each id comes
  /// once: its first place, with a count of the others in the message.
  public var findings: [Finding]
}
