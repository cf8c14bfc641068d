/// Fields of a chunk: fixed-width integers at fixed places, in the container's byte order.
extension RawSpan {
  /// The integer at `offset`, or nil where the span ends before it does.
  func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type = Integer.self, at offset: Int, bigEndian: Bool = false
  ) -> Integer? {
    guard offset >= 0, offset <= byteCount - MemoryLayout<Integer>.size else { return nil }
    // In bounds by the guard; every bit pattern is a value of a fixed-width integer.
    let stored = unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self)
    return bigEndian ? Integer(bigEndian: stored) : Integer(littleEndian: stored)
  }

  /// Whether the ASCII text stands at `offset`.
  func has(_ text: StaticString, at offset: Int = 0) -> Bool {
    let length = text.utf8CodeUnitCount
    guard offset >= 0, offset <= byteCount - length else { return false }
    return text.withUTF8Buffer { expected in
      for index in 0..<length where integer(UInt8.self, at: offset + index) != expected[index] { return false }
      return true
    }
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The number as people who read hex dumps write it: `0x` and all its digits.
  var hex: String {
    let digits = String(self, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: Self.bitWidth / 4 - digits.utf8.count) + digits
  }
}
