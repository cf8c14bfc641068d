/// A four-character code: the name of a chunk or of a form.
///
/// RIFF, IBM and Microsoft 1991: printable ASCII, shorter names padded with blanks at their end.
struct FourCC: Hashable, ExpressibleByStringLiteral {
  /// The four bytes, the first in the highest place.
  let code: UInt32

  init(_ code: UInt32) { self.code = code }

  init(stringLiteral text: StaticString) {
    code = text.withUTF8Buffer { $0.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } }
  }

  static let riff: FourCC = "RIFF"
  static let rifx: FourCC = "RIFX"
  static let rf64: FourCC = "RF64"
  static let bw64: FourCC = "BW64"
  static let wave: FourCC = "WAVE"
  static let format: FourCC = "fmt "
  static let data: FourCC = "data"
  static let fact: FourCC = "fact"
  static let ds64: FourCC = "ds64"
  static let broadcast: FourCC = "bext"

  private var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: code >> (24 - 8 * $0)) } }

  /// Whether the name is one that RIFF allows: printable ASCII, blanks only at its end, not blank altogether.
  var isWellFormed: Bool {
    guard bytes[0] != 0x20, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
    return zip(bytes, bytes.dropFirst()).allSatisfy { $0 != 0x20 || $1 == 0x20 }
  }

  /// The name in quotes, bytes that do not print as `\xNN`.
  var quoted: String {
    let text = bytes.map { byte in
      guard (0x20...0x7E).contains(byte) else {
        return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
      return String(UnicodeScalar(byte))
    }
    return "\"" + text.joined() + "\""
  }
}
