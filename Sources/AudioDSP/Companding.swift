/// The two logarithmic codes of ITU-T G.711, as tables from a byte to a sample.
enum Companding {
  /// µ-law: the byte is inverted; sign, three bits of segment, four of step. Segments double from a bias of 33, in
  /// units of a 14-bit sample; scaled as 16-bit samples of ±32124, which is what other decoders give.
  static let muLaw: [Float] = (0..<256).map { byte in
    let code = ~byte & 0xFF
    let segment = (code >> 4) & 7
    let magnitude = (((code & 15) << 1 + 33) << segment) - 33
    return Float(code & 0x80 == 0 ? magnitude : -magnitude) * 0x1p-13
  }

  /// A-law: every other bit is inverted; sign, segment and step as above, but the two lowest segments have the same
  /// step and there is no bias. In units of a 13-bit sample.
  static let aLaw: [Float] = (0..<256).map { byte in
    let code = byte ^ 0x55
    let segment = (code >> 4) & 7
    let step = (code & 15) << 1 + 1
    let magnitude = segment == 0 ? step : (step + 32) << (segment - 1)
    return Float(code & 0x80 == 0 ? -magnitude : magnitude) * 0x1p-12
  }
}
