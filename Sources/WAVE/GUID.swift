/// A globally unique identifier, as Windows stores it: the first three parts little-endian, the rest as bytes.
public struct GUID: Sendable, Hashable, CustomStringConvertible {
  /// The first part, 32 bits.
  public let data1: UInt32
  /// The second part, 16 bits.
  public let data2: UInt16
  /// The third part, 16 bits.
  public let data3: UInt16
  /// The last eight bytes, the first in the highest place.
  public let data4: UInt64

  /// Makes an identifier of its four parts.
  public init(_ data1: UInt32, _ data2: UInt16, _ data3: UInt16, _ data4: UInt64) {
    self.data1 = data1
    self.data2 = data2
    self.data3 = data3
    self.data4 = data4
  }

  /// Reads the 16 bytes at `offset`; nil where the span is shorter.
  ///
  /// RIFX turns the first three parts round with all other integers; the eight bytes stay.
  init?(_ bytes: RawSpan, at offset: Int, bigEndian: Bool = false) {
    guard let data1 = bytes.integer(UInt32.self, at: offset, bigEndian: bigEndian),
      let data2 = bytes.integer(UInt16.self, at: offset + 4, bigEndian: bigEndian),
      let data3 = bytes.integer(UInt16.self, at: offset + 6, bigEndian: bigEndian),
      let data4 = bytes.integer(UInt64.self, at: offset + 8, bigEndian: true)
    else { return nil }
    self.init(data1, data2, data3, data4)
  }

  /// The usual form, lower case: `00000001-0000-0010-8000-00aa00389b71`.
  public var description: String {
    let tail = GUID.digits(data4, 16)
    return [
      GUID.digits(UInt64(data1), 8), GUID.digits(UInt64(data2), 4), GUID.digits(UInt64(data3), 4),
      String(tail.prefix(4)), String(tail.dropFirst(4)),
    ].joined(separator: "-")
  }

  private static func digits(_ value: UInt64, _ count: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: count - text.utf8.count) + text
  }
}
