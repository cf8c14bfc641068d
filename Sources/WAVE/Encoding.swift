/// How samples are encoded, named as FFmpeg names its codecs.
public struct Encoding: Sendable, Hashable {
  /// What a reader has to know to read samples of it.
  public enum Family: Sendable, Hashable {
    /// Linear PCM.
    case integer
    /// IEEE 754 floating point.
    case float
    /// ITU-T G.711 A-law.
    case aLaw
    /// ITU-T G.711 µ-law.
    case muLaw
    /// A compressed encoding in blocks of `blockAlign` bytes which hold a fixed number of frames each.
    case blocks
    /// A compressed encoding whose blocks vary, or about which this module knows only the name.
    case stream
    /// A format tag or GUID that is on no list here.
    case unknown
  }

  /// What a reader has to know to read samples of it.
  public var family: Family
  /// FFmpeg's name: `pcm_s16le`, `adpcm_ms`, `mp3`. An unknown encoding is `tag_0x1234` or `guid_` and its GUID.
  public var name: String
}

extension Encoding {
  /// Linear PCM in containers of `bytes` bytes.
  ///
  /// IBM and Microsoft, RIFF 1991: up to 8 bits are unsigned ("offset binary"), all wider are two's complement.
  static func integer(bytes: Int, bigEndian: Bool) -> Encoding {
    guard bytes > 1 else { return Encoding(family: .integer, name: "pcm_u8") }
    return Encoding(family: .integer, name: "pcm_s\(bytes * 8)" + (bigEndian ? "be" : "le"))
  }

  /// Floating point in containers of `bytes` bytes.
  static func float(bytes: Int, bigEndian: Bool) -> Encoding {
    Encoding(family: .float, name: "pcm_f\(bytes * 8)" + (bigEndian ? "be" : "le"))
  }

  static let aLaw = Encoding(family: .aLaw, name: "pcm_alaw")
  static let muLaw = Encoding(family: .muLaw, name: "pcm_mulaw")

  /// The encoding that a format tag of neither linear PCM nor floating point names.
  ///
  /// The tags are registered in Microsoft's mmreg.h; each name is the one that `ffprobe` gives for the tag.
  static func compressed(tag: UInt16) -> Encoding {
    switch tag {
    case FormatTag.aLaw: aLaw
    case FormatTag.muLaw: muLaw
    case FormatTag.adpcmMicrosoft: Encoding(family: .blocks, name: "adpcm_ms")
    case FormatTag.adpcmIMA: Encoding(family: .blocks, name: "adpcm_ima_wav")
    case FormatTag.gsm610: Encoding(family: .blocks, name: "gsm_ms")
    default:
      streams[tag].map { Encoding(family: .stream, name: $0) } ?? Encoding(family: .unknown, name: "tag_" + tag.hex)
    }
  }

  private static let streams: [UInt16: String] = [
    0x000A: "wmavoice", 0x0010: "adpcm_ima_oki", 0x0017: "adpcm_ima_oki", 0x0020: "adpcm_yamaha",
    0x0022: "truespeech", 0x0032: "gsm_ms", 0x0038: "amr_nb", 0x0040: "adpcm_g726", 0x0042: "g723_1",
    0x0045: "adpcm_g726", 0x0050: "mp2", 0x0055: "mp3", 0x0057: "amr_nb", 0x0058: "amr_wb",
    0x0061: "adpcm_ima_dk4", 0x0062: "adpcm_ima_dk3", 0x0064: "adpcm_g726", 0x0069: "adpcm_ima_xbox",
    0x0083: "g729", 0x00FF: "aac", 0x0160: "wmav1", 0x0161: "wmav2", 0x0162: "wmapro", 0x0163: "wmalossless",
    0x0200: "adpcm_ct", 0x0270: "atrac3", 0x028F: "adpcm_g722", 0x0401: "imc", 0x0402: "iac",
    0x1600: "aac", 0x1602: "aac_latm", 0x2000: "ac3", 0x2001: "dts", 0x706D: "aac", 0xA106: "aac",
    0xF1AC: "flac",
  ]
}

/// Format tags that this module does more with than name them (Microsoft, mmreg.h).
enum FormatTag {
  static let pcm: UInt16 = 0x0001
  static let adpcmMicrosoft: UInt16 = 0x0002
  static let float: UInt16 = 0x0003
  static let aLaw: UInt16 = 0x0006
  static let muLaw: UInt16 = 0x0007
  static let adpcmIMA: UInt16 = 0x0011
  static let gsm610: UInt16 = 0x0031
  static let extensible: UInt16 = 0xFFFE
}
