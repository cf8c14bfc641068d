/// What a file that is no WAVE file is, as far as its first bytes tell.
enum ForeignFormat {
  /// Bytes of a file's beginning that are looked at.
  static let bytesRead = 64

  /// What begins like this, with an article: "a FLAC file"; nil when it is like nothing known here.
  static func name(of bytes: RawSpan) -> String? {
    for magic in magics where bytes.has(magic.text, at: magic.offset) { return magic.name }
    if let code = bytes.integer(UInt32.self, at: 0, bigEndian: true) {
      for magic in binaryMagics where code & magic.mask == magic.code { return magic.name }
    }
    if isMPEGAudio(bytes) { return "an MPEG audio (MP3) stream" }
    return isText(bytes) ? "text" : nil
  }

  /// Each format's own specification gives its mark.
  private static let magics: [(offset: Int, text: StaticString, name: String)] = [
    (0, "fLaC", "a FLAC file"),
    (0, "OggS", "an Ogg file"),
    (0, "ID3", "an MP3 file, or other audio after an ID3 tag"),
    (0, "caff", "a Core Audio file (CAF)"),
    (8, "AIFF", "an AIFF file"),
    (8, "AIFC", "an AIFF-C file"),
    (4, "ftyp", "an MP4 or M4A file"),
    (0, "#!AMR", "an AMR file"),
    (0, ".snd", "a Sun audio file (AU)"),
    (0, "wvpk", "a WavPack file"),
    (0, "MAC ", "a Monkey's Audio file"),
    (0, "TTA1", "a TTA file"),
    (0, "MThd", "a MIDI file"),
    (0, "NIST_1A", "a NIST Sphere file"),
    (1, "PNG", "a PNG image"),
    (0, "GIF8", "a GIF image"),
    (0, "%PDF", "a PDF document"),
    (0, "PK\u{3}\u{4}", "a ZIP archive"),
    (0, "BZh", "a bzip2 archive"),
    (0, "Rar!", "a RAR archive"),
    (0, "7z", "a 7-Zip archive"),
    (1, "ELF", "a program (ELF)"),
    (0, "<!DOCTYPE", "an HTML page, perhaps a server's error message"),
    (0, "<!doctype", "an HTML page, perhaps a server's error message"),
    (0, "<html", "an HTML page, perhaps a server's error message"),
    (0, "<HTML", "an HTML page, perhaps a server's error message"),
    (0, "<?xml", "an XML document, perhaps a server's error message"),
    (0, "{\"", "JSON text, perhaps a server's error message"),
    (0, "version https://git-lfs", "a Git LFS pointer in place of the file"),
  ]

  /// Marks with bytes that are no text, in the first four bytes.
  private static let binaryMagics: [(code: UInt32, mask: UInt32, name: String)] = [
    (0x1A45_DFA3, 0xFFFF_FFFF, "a Matroska or WebM file"),
    (0x3026_B275, 0xFFFF_FFFF, "a WMA or ASF file"),
    (0x28B5_2FFD, 0xFFFF_FFFF, "a Zstandard archive"),
    (0x1F8B_0000, 0xFFFF_0000, "a gzip archive"),
    (0xFFD8_FF00, 0xFFFF_FF00, "a JPEG image"),
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
