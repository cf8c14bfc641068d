import Testing

@testable import WAVE

/// A WAVE file in memory, chunk by chunk.
func riff(_ chunks: [UInt8]...) -> [UInt8] {
  let content = Array("WAVE".utf8) + chunks.flatMap { $0 }
  return Array("RIFF".utf8) + little(UInt32(content.count)) + content
}

/// A chunk with its pad byte.
func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  Array(name.utf8) + little(UInt32(content.count)) + content + (content.count.isMultiple(of: 2) ? [] : [0])
}

/// An integer's bytes, the lowest first.
func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
  (0..<(Integer.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> Integer(8 * $0)) }
}

/// A plain PCM format.
func pcmFormat(channels: UInt16 = 1, rate: UInt32 = 16000, bits: UInt16 = 16) -> [UInt8] {
  let align = channels * bits / 8
  return little(UInt16(1)) + little(channels) + little(rate) + little(rate * UInt32(align)) + little(align)
    + little(bits)
}

@Suite("A sound file") struct SoundFile {
  @Test("has a header and no findings") func plain() throws {
    let bytes = riff(chunk("fmt ", pcmFormat()), chunk("data", [UInt8](repeating: 0, count: 320)))
    let inspection = WAVE.inspect(bytes)
    #expect(inspection.findings.isEmpty)
    let header = try #require(inspection.header)
    #expect(header.encoding.name == "pcm_s16le")
    #expect(header.frames == 160)
    #expect(header.duration == 0.01)
    #expect(header.dataOffset == 44)
    #expect(header.dataBytes == 320)
    #expect(header.layout == PCMLayout(coding: .signedInteger, bytesPerSample: 2, bigEndian: false, channels: 1))
  }
}
