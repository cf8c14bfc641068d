import WAVE

extension CheckReport {
  /// The report for people: the verdict, the format, what is wrong with the worst first, and what to type next.
  /// Lines end in line feeds; control characters in names are escaped.
  public var text: String {
    var text = "\(path.printable): \(verdict.rawValue)\(summary.map { ", " + $0 } ?? "")\n"
    for finding in sortedFindings {
      let place = finding.offset.map { " at byte \($0)" } ?? ""
      text += "  \(finding.severity.rawValue): \(finding.id.rawValue)\(place): \(finding.message.printable)\n"
      text += "    to do: \(finding.fix.printable)\n"
    }
    if let next { text += "  next: \(next)\n" }
    return text
  }

  /// The format on one line.
  private var summary: String? {
    guard let format else { return nil }
    let channels = format.channels == 1 ? "1 channel" : "\(format.channels) channels"
    let seconds = format.duration.map { ", \(CheckReport.hundredths($0)) s" } ?? ""
    return "\(format.container.rawValue) \(format.encoding), \(format.sampleRate) Hz, \(channels)\(seconds)"
  }

  /// The command that takes the file further; nil where none would, and where nothing is in the way.
  private var next: String? {
    let isReadable = (format?.dataBytes ?? 0) > 0 && (format?.channels ?? 0) > 0 && (format?.sampleRate ?? 0) > 0
    guard verdict != .pass, isReadable else { return nil }
    let file = path.hasPrefix("-") ? "./" + path : path
    return "wavprep normalize \(file.shellQuoted) --output-dir normalized"
  }

  private static func hundredths(_ seconds: Double) -> String {
    // Beyond this a double no longer counts hundredths, and a header that says so is not to be trusted anyway.
    guard seconds < 1e12 else { return "\(seconds)" }
    let rounded = UInt64((seconds * 100).rounded())
    let fraction = rounded % 100
    return "\(rounded / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
