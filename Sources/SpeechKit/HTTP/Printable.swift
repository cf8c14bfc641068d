/// Text from servers and file names, made fit for a terminal or a log.
enum Printable {
  /// The text with control characters escaped, and cut off after `limit` characters.
  static func text(_ text: some StringProtocol, limit: Int = 1000) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return result + "…" }
      count += 1
      switch scalar.properties.generalCategory {
      // Format characters include those that turn the direction of text.
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
