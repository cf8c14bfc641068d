/// What the fields of a `fmt ` chunk say together: the encoding, and how samples lie if they lie plainly.
struct SampleFormat {
  var encoding: Encoding
  /// Bytes of one sample's container; nil for encodings without such, or where the fields leave it open.
  var containerBytes: Int?
  /// What `blockAlign` should be for a format of whole bytes; nil where nothing says.
  var expectedBlockAlign: Int?

  /// Reads a format's fields together.
  init(_ format: FormatChunk, bigEndian: Bool) {
    let tag = format.effectiveTag
    switch tag {
    case FormatTag.pcm, FormatTag.float, FormatTag.aLaw, FormatTag.muLaw:
      let bytes = SampleFormat.containerBytes(format, tag: tag)
      containerBytes = bytes
      if format.channels > 0, format.bitsPerSample > 0 { expectedBlockAlign = bytes.map { $0 * Int(format.channels) } }
      encoding =
        switch tag {
        case FormatTag.pcm: Encoding.integer(bytes: bytes ?? 2, bigEndian: bigEndian)
        case FormatTag.float: Encoding.float(bytes: bytes ?? 4, bigEndian: bigEndian)
        case FormatTag.aLaw: Encoding.aLaw
        default: Encoding.muLaw
        }
    case .some(let tag):
      encoding = Encoding.compressed(tag: tag)
    case nil:
      let name = format.subFormat.map { "guid_\($0)" } ?? "tag_" + format.formatTag.hex
      encoding = Encoding(family: .unknown, name: name)
    }
  }

  /// The bytes of a sample's container.
  ///
  /// RIFF 1991: the smallest number of bytes that holds the bits. Where `blockAlign` says otherwise, libsndfile, SoX
  /// and FFmpeg all go by the bits, and so does this; only without bits does `blockAlign` have to tell. G.711 has
  /// one byte whatever is written there.
  private static func containerBytes(_ format: FormatChunk, tag: UInt16?) -> Int? {
    if tag == FormatTag.aLaw || tag == FormatTag.muLaw { return 1 }
    if (1...64).contains(format.bitsPerSample) { return bytes(ofBits: format.bitsPerSample) }
    guard format.channels > 0, format.blockAlign.isMultiple(of: format.channels) else { return nil }
    let bytes = Int(format.blockAlign / format.channels)
    return (1...8).contains(bytes) ? bytes : nil
  }

  private static func bytes(ofBits bits: UInt16) -> Int { (Int(bits) + 7) / 8 }

  /// The layout, when samples are plain numbers of a width that exists.
  func layout(channels: UInt16, bigEndian: Bool) -> PCMLayout? {
    guard channels > 0, let bytes = containerBytes else { return nil }
    let coding: PCMLayout.Coding
    switch encoding.family {
    case .integer: coding = bytes == 1 ? .unsignedInteger : .signedInteger
    case .float where bytes == 4 || bytes == 8: coding = .float
    case .aLaw where bytes == 1: coding = .aLaw
    case .muLaw where bytes == 1: coding = .muLaw
    default: return nil
    }
    return PCMLayout(coding: coding, bytesPerSample: bytes, bigEndian: bigEndian, channels: Int(channels))
  }
}

extension FormatChunk {
  /// Whether `blockAlign` and `byteRate` agree on containers too narrow for the bits: then the bits are wrong.
  var claimsNarrowContainer: Bool {
    channels > 0 && blockAlign > 0 && blockAlign.isMultiple(of: channels)
      && UInt64(bitsPerSample) > UInt64(blockAlign / channels) * 8
      && UInt64(byteRate) == UInt64(sampleRate) * UInt64(blockAlign)
  }
}
