/// What a file that is no WAVE file is, as far as its first bytes tell.
struct ForeignFormat {
  /// Its name with an article: "a FLAC file".
  var name: String
  /// Whether there may be sound in it.
  var isAudio: Bool

  /// Bytes of a file's beginning that are looked at.
  static let bytesRead = 64

  /// What begins like this; nil when it is like nothing known here.
  init?(_ bytes: RawSpan) {
    if let magic = ForeignFormat.magics.first(where: { bytes.has($0.text, at: $0.offset) }) {
      self.init(name: magic.name, isAudio: magic.isAudio)
    } else if let code = bytes.integer(UInt32.self, at: 0, bigEndian: true),
      let magic = ForeignFormat.binaryMagics.first(where: { code & $0.mask == $0.code })
    {
      self.init(name: magic.name, isAudio: magic.isAudio)
    } else if ForeignFormat.isMPEGAudio(bytes) {
      self.init(name: "an MPEG audio (MP3) stream", isAudio: true)
    } else if ForeignFormat.isText(bytes) {
      self.init(name: "text", isAudio: false)
    } else {
      return nil
    }
  }

  private init(name: String, isAudio: Bool) {
    self.name = name
    self.isAudio = isAudio
  }

  /// Each format's own specification gives its mark.
  private static let magics: [(offset: Int, text: StaticString, name: String, isAudio: Bool)] = [
    (0, "fLaC", "a FLAC file", true),
    (0, "OggS", "an Ogg file", true),
    (0, "ID3", "an MP3 file, or other audio after an ID3 tag", true),
    (0, "caff", "a Core Audio file (CAF)", true),
    (8, "AIFF", "an AIFF file", true),
    (8, "AIFC", "an AIFF-C file", true),
    (4, "ftyp", "an MP4 or M4A file", true),
    (0, "#!AMR", "an AMR file", true),
    (0, ".snd", "a Sun audio file (AU)", true),
    (0, "wvpk", "a WavPack file", true),
    (0, "MAC ", "a Monkey's Audio file", true),
    (0, "TTA1", "a TTA file", true),
    (0, "MThd", "a MIDI file", false),
    (0, "NIST_1A", "a NIST Sphere file", true),
    (1, "PNG", "a PNG image", false),
    (0, "GIF8", "a GIF image", false),
    (0, "%PDF", "a PDF document", false),
    (0, "PK\u{3}\u{4}", "a ZIP archive", false),
    (0, "BZh", "a bzip2 archive", false),
    (0, "Rar!", "a RAR archive", false),
    (0, "7z", "a 7-Zip archive", false),
    (1, "ELF", "a program (ELF)", false),
    (0, "<!DOCTYPE", "an HTML page, perhaps a server's error message", false),
    (0, "<!doctype", "an HTML page, perhaps a server's error message", false),
    (0, "<html", "an HTML page, perhaps a server's error message", false),
    (0, "<HTML", "an HTML page, perhaps a server's error message", false),
    (0, "<?xml", "an XML document, perhaps a server's error message", false),
    (0, "{\"", "JSON text, perhaps a server's error message", false),
    (0, "version https://git-lfs", "a Git LFS pointer in place of the file", false),
  ]

  /// Marks with bytes that are no text, in the first four bytes.
  private static let binaryMagics: [(code: UInt32, mask: UInt32, name: String, isAudio: Bool)] = [
    (0x1A45_DFA3, 0xFFFF_FFFF, "a Matroska or WebM file", true),
    (0x3026_B275, 0xFFFF_FFFF, "a WMA or ASF file", true),
    (0x28B5_2FFD, 0xFFFF_FFFF, "a Zstandard archive", false),
    (0x1F8B_0000, 0xFFFF_0000, "a gzip archive", false),
    (0xFFD8_FF00, 0xFFFF_FF00, "a JPEG image", false),
  ]

  /// ISO/IEC 11172-3: eleven bits of sync, then a version, layer, bit rate and sample rate that exist.
  private static func isMPEGAudio(_ bytes: RawSpan) -> Bool {
    guard let header = bytes.integer(UInt32.self, at: 0, bigEndian: true), header >> 21 == 0x7FF else { return false }
    let (version, layer) = (header >> 19 & 3, header >> 17 & 3)
    let (bitRate, sampleRate) = (header >> 12 & 15, header >> 10 & 3)
    return version != 1 && layer != 0 && bitRate != 15 && bitRate != 0 && sampleRate != 3
  }

  /// Printable ASCII and line ends throughout.
  private static func isText(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= 4 else { return false }
    return (0..<bytes.byteCount).allSatisfy { index in
      guard let byte = bytes.integer(UInt8.self, at: index) else { return false }
      return (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte)
    }
  }
}
