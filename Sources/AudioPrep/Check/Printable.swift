extension String {
  /// The text with everything escaped that could act on a terminal or hide what it says: control characters, line
  /// and paragraph separators, and marks that turn the direction of writing. For names and text from files and
  /// servers.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnprintable: text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text as one word of a shell's command line.
  public var shellQuoted: String {
    if unicodeScalars.contains(where: \.isUnprintable) {
      return "$'" + ansiEscaped + "'"
    }
    let plain = !isEmpty && utf8.allSatisfy { String.isShellSafe($0) }
    return plain ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Whether a shell reads the byte as itself.
  private static func isShellSafe(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ",", ":", "=", "@", "%", "+": true
    default: byte >= 0x80
    }
  }

  /// The inside of a quoted word `$'…'`, which bash and zsh know: bytes that do not print in octal.
  private var ansiEscaped: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar == "'" || scalar == "\\" {
        text += "\\"
        text.unicodeScalars.append(scalar)
      } else if scalar.isUnprintable {
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          text += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    if isASCII { return value < 0x20 || value == 0x7F }
    return switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    // Embeddings, overrides and isolates: U+202A…U+202E, U+2066…U+2069 (Unicode Standard Annex 9).
    case .format: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    default: false
    }
  }
}
