import Cryptography

/// Percent-encoding as RFC 3986 and Signature V4 want it: every byte but the unreserved ones becomes `%XX` with
/// uppercase digits.
enum PercentEncoding {
  /// A name inside a path: its slashes stay, since they part its segments.
  static func path(_ name: String) -> String { encode(name, keeping: "/") }

  /// A value in a query, slashes encoded.
  static func query(_ value: String) -> String { encode(value, keeping: nil) }

  private static func encode(_ text: String, keeping kept: Unicode.Scalar?) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case let byte where kept?.value == UInt32(byte):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%" + hexadecimal([byte]).uppercased()
      }
    }
    return result
  }
}
