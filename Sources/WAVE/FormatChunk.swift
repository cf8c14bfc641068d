/// The `fmt ` chunk, as it stands in the file: a WAVEFORMATEX, or a WAVEFORMATEXTENSIBLE (Microsoft, mmreg.h),
/// with what has been cut off read as zero.
public struct FormatChunk: Sendable, Equatable {
  /// Where its content begins, in bytes from the file's beginning.
  public var offset: UInt64
  /// Bytes of content that its header claims.
  public var size: UInt64
  /// `wFormatTag`: the encoding; 0xFFFE when `subFormat` names it.
  public var formatTag: UInt16
  /// `nChannels`: samples of a frame.
  public var channels: UInt16
  /// `nSamplesPerSec`: frames a second.
  public var sampleRate: UInt32
  /// `nAvgBytesPerSec`: bytes of data a second, on average.
  public var byteRate: UInt32
  /// `nBlockAlign`: bytes of a frame, or of a block of a compressed encoding.
  public var blockAlign: UInt16
  /// `wBitsPerSample`: bits of a sample; of its container in an extensible format.
  public var bitsPerSample: UInt16
  /// `cbSize`: bytes of extension after itself; nil in a chunk of 16 bytes, which has none.
  public var extensionSize: UInt16?
  /// `wSamplesPerBlock`, frames of a block, of the compressed encodings that have it.
  public var samplesPerBlock: UInt16?
  /// `wNumCoef` of Microsoft ADPCM: pairs of predictor coefficients that follow.
  public var coefficientCount: UInt16?
  /// `wValidBitsPerSample` of an extensible format: bits of a sample that carry something.
  public var validBits: UInt16?
  /// `dwChannelMask` of an extensible format: a bit for each loudspeaker that has a channel.
  public var channelMask: UInt32?
  /// `SubFormat` of an extensible format: the encoding.
  public var subFormat: GUID?

  /// Bytes of it that are read at most: nothing beyond a Microsoft ADPCM's extension matters here.
  static let bytesRead = 64
  /// Bytes without which there is no format: all fields that every encoding has (RIFF 1991, "common fields").
  static let commonBytes: UInt64 = 14
  /// Bytes of a PCM format, and of every format up to `cbSize`.
  static let plainBytes: UInt64 = 16
  /// Bytes of an extensible format, and what it takes of them for an extension.
  static let extensibleBytes: UInt64 = 40
  static let extensibleExtension: UInt16 = 22

  /// Reads the content of a chunk; nil when not even the fields that all encodings share are there.
  init?(_ bytes: RawSpan, at offset: UInt64, size: UInt64, bigEndian: Bool) {
    guard let tag = bytes.integer(UInt16.self, at: 0, bigEndian: bigEndian),
      let channels = bytes.integer(UInt16.self, at: 2, bigEndian: bigEndian),
      let sampleRate = bytes.integer(UInt32.self, at: 4, bigEndian: bigEndian),
      let byteRate = bytes.integer(UInt32.self, at: 8, bigEndian: bigEndian),
      let blockAlign = bytes.integer(UInt16.self, at: 12, bigEndian: bigEndian)
    else { return nil }
    self.offset = offset
    self.size = size
    formatTag = tag
    self.channels = channels
    self.sampleRate = sampleRate
    self.byteRate = byteRate
    self.blockAlign = blockAlign
    bitsPerSample = bytes.integer(at: 14, bigEndian: bigEndian) ?? 0
    extensionSize = bytes.integer(at: 16, bigEndian: bigEndian)
    readExtension(bytes, bigEndian: bigEndian)
  }

  private mutating func readExtension(_ bytes: RawSpan, bigEndian: Bool) {
    switch formatTag {
    case FormatTag.adpcmMicrosoft:
      samplesPerBlock = bytes.integer(at: 18, bigEndian: bigEndian)
      coefficientCount = bytes.integer(at: 20, bigEndian: bigEndian)
    case FormatTag.adpcmIMA, FormatTag.gsm610:
      samplesPerBlock = bytes.integer(at: 18, bigEndian: bigEndian)
    case FormatTag.extensible where isWholeExtensible:
      validBits = bytes.integer(at: 18, bigEndian: bigEndian)
      channelMask = bytes.integer(at: 20, bigEndian: bigEndian)
      subFormat = FormatChunk.subFormat(bytes, bigEndian: bigEndian)
    default: break
    }
  }

  /// Whether the format is extensible and all its fields are there.
  var isWholeExtensible: Bool {
    formatTag == FormatTag.extensible && size >= FormatChunk.extensibleBytes
      && (extensionSize ?? 0) >= FormatChunk.extensibleExtension
  }

  /// The tag that names the encoding: the sub-format's, where that is one of those made from tags.
  ///
  /// Microsoft, ksmedia.h: KSDATAFORMAT_SUBTYPE GUIDs hold the tag in their first part. The B-format GUIDs of
  /// ambisonic files (2000) are the same with a family of their own, for PCM and for floating point.
  var effectiveTag: UInt16? {
    guard formatTag == FormatTag.extensible else { return formatTag }
    return subFormat.flatMap(FormatChunk.tag)
  }

  private static func tag(of subFormat: GUID) -> UInt16? {
    let tag = UInt16(truncatingIfNeeded: subFormat.data1)
    let made = GUID(UInt32(tag), 0x0000, 0x0010, 0x8000_00AA_0038_9B71)
    let ambisonic = GUID(UInt32(tag), 0x0721, 0x11D3, 0x8644_C8C1_CA00_0000)
    return subFormat == made || subFormat == ambisonic ? tag : nil
  }

  /// Reads a sub-format. In RIFX libsndfile turns its integers round with all others, SoX only the tag in it: the
  /// order in which it names an encoding is the one that was meant.
  private static func subFormat(_ bytes: RawSpan, bigEndian: Bool) -> GUID? {
    let turned = GUID(bytes, at: 24, bigEndian: bigEndian)
    guard bigEndian, turned.flatMap(tag) == nil, let plain = GUID(bytes, at: 24) else { return turned }
    let tag = UInt32(UInt16(truncatingIfNeeded: plain.data1).byteSwapped)
    let tagTurned = GUID(tag, plain.data2, plain.data3, plain.data4)
    return FormatChunk.tag(of: tagTurned) == nil ? turned : tagTurned
  }
}
