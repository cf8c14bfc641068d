/// A WAVE file in memory, chunk by chunk.
func riff(_ chunks: [UInt8]...) -> [UInt8] {
  let content = Array("WAVE".utf8) + chunks.flatMap { $0 }
  return Array("RIFF".utf8) + little(UInt32(content.count)) + content
}

/// A chunk with its pad byte; `size` instead of the true one where given.
func chunk(_ name: String, _ content: [UInt8], size: UInt32? = nil) -> [UInt8] {
  Array(name.utf8) + little(size ?? UInt32(content.count)) + content + (content.count.isMultiple(of: 2) ? [] : [0])
}

/// An integer's bytes, the lowest first.
func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
  (0..<(Integer.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> Integer(8 * $0)) }
}

/// The fields of a format without an extension.
func format(tag: UInt16 = 1, channels: UInt16 = 1, rate: UInt32 = 16000, bits: UInt16 = 16) -> [UInt8] {
  let align = channels * (bits / 8)
  return little(tag) + little(channels) + little(rate) + little(rate * UInt32(align)) + little(align) + little(bits)
}
