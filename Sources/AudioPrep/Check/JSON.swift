/// A JSON value to be printed: object keys stay in the order given, and numbers that JSON has no form for are null.
public enum JSON: Sendable {
  /// Nothing, or nothing that JSON has a form for.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A whole number, not below 0.
  case unsigned(UInt64)
  /// A number; NaN and infinity print as null.
  case number(Double)
  /// Text.
  case string(String)
  /// JSON text that was written elsewhere, on one line.
  case raw(String)
  /// Values in order.
  case array([JSON])
  /// Values by name, in the order given.
  case object([(String, JSON)])

  /// The value on one line.
  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    // Swift's shortest form, "1e-05" included, is JSON's grammar too (RFC 8259, section 6).
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSON.write(value, to: &text)
    case .raw(let json): text += json
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        text += index == 0 ? "" : ", "
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, (key, value)) in members.enumerated() {
        text += index == 0 ? "" : ", "
        JSON.write(key, to: &text)
        text += ": "
        value.write(to: &text)
      }
      text += "}"
    }
  }

  /// RFC 8259, section 7: quotes, backslashes and control characters are escaped. So are U+2028 and U+2029, which
  /// some readers of JSON Lines take for line ends.
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
