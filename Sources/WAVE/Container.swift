/// The kinds of container that carry a WAVE form.
public enum Container: String, Sendable, CaseIterable {
  /// RIFF: sizes of 32 bits, little-endian (IBM and Microsoft, 1991).
  case riff = "RIFF"
  /// RIFX: RIFF with every integer big-endian (the same document).
  case rifx = "RIFX"
  /// RF64: RIFF whose long sizes stand in a `ds64` chunk (EBU Tech 3306).
  case rf64 = "RF64"
  /// BW64: RF64's successor, of the same structure (ITU-R BS.2088).
  case bw64 = "BW64"
  /// Wave64: chunks named by GUIDs, sizes of 64 bits (Sony Pictures Digital, Wave64 specification).
  case wave64 = "W64"

  /// Whether integers, and the samples of linear PCM, are big-endian.
  public var isBigEndian: Bool { self == .rifx }

  /// Whether long sizes stand in a `ds64` chunk.
  public var hasDataSize64: Bool { self == .rf64 || self == .bw64 }

  /// Bytes before the first chunk: the container's name, its size and the form's name.
  var prologueBytes: Int { self == .wave64 ? 40 : 12 }

  /// Bytes of a chunk's name and size.
  var chunkHeaderBytes: Int { self == .wave64 ? 24 : 8 }

  /// Where the container's size stands.
  var sizeOffset: UInt64 { self == .wave64 ? 16 : 4 }

  /// Chunks begin at multiples of this: words in RIFF, eight bytes in Wave64.
  var alignment: UInt64 { self == .wave64 ? 8 : 2 }

  /// Tells the container by its first bytes; nil when they are of none.
  init?(_ bytes: RawSpan) {
    if let name = GUID(bytes, at: 0), name == Wave64.riff {
      self = .wave64
      return
    }
    guard let code = bytes.integer(UInt32.self, at: 0, bigEndian: true) else { return nil }
    switch FourCC(code) {
    case .riff: self = .riff
    case .rifx: self = .rifx
    case .rf64: self = .rf64
    case .bw64: self = .bw64
    default: return nil
    }
  }
}

/// Names in Wave64: the ASCII letters of RIFF's names, in lower case, within GUIDs of two families.
enum Wave64 {
  /// The container's name.
  static let riff = GUID(0x6666_6972, 0x912E, 0x11CF, 0xA5D6_28DB_04C1_0000)
  /// The form's name.
  static let wave = family(0x6576_6177)

  /// The GUID whose first part holds four ASCII letters, in the family that chunks are named by.
  static func family(_ letters: UInt32) -> GUID { GUID(letters, 0xACF3, 0x11D3, 0x8CD1_00C0_4F8E_DB8A) }

  /// The RIFF name of a chunk; nil for GUIDs of other families, which name nothing that RIFF knows.
  static func name(_ guid: GUID) -> FourCC? {
    guard guid == family(guid.data1) else { return nil }
    return FourCC(guid.data1.byteSwapped)
  }
}
