import AudioPrep
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output for results, standard error for everything else; lines of parallel files never mix.
package final class Console: Sendable {
  /// When to colour the text.
  enum ColorMode: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// What to print, and how.
  struct Style: Equatable, Sendable {
    /// Results are JSON objects, one a line.
    var isJSON = false
    /// Errors only.
    var isQuiet = false
    /// Details too.
    var isVerbose = false
    /// No progress bar.
    var hidesProgress = false
    /// When to colour the text.
    var color = ColorMode.auto
  }

  package let isJSON: Bool
  package let isQuiet: Bool
  package let isVerbose: Bool
  /// Whether results on standard output are coloured.
  let colorsOutput: Bool
  /// Whether messages on standard error are coloured.
  let colorsErrors: Bool
  /// Whether a progress bar may be drawn on standard error.
  let showsProgress: Bool
  private let barIsDrawn = Mutex(false)

  /// The program's own streams.
  init(_ style: Style) {
    isJSON = style.isJSON
    isQuiet = style.isQuiet
    isVerbose = style.isVerbose
    colorsOutput = Console.isColored(STDOUT_FILENO, style.color)
    colorsErrors = Console.isColored(STDERR_FILENO, style.color)
    showsProgress = !style.hidesProgress && !style.isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// Prints a result: one line or several, ended with a line break.
  package func result(_ text: String) {
    barIsDrawn.withLock { barIsDrawn in
      erase(&barIsDrawn)
      emit(text + "\n", to: STDOUT_FILENO)
    }
  }

  /// Prints an error of the program or of one file.
  package func error(_ text: String) {
    message("wavprep: " + text, color: "31")
  }

  /// Prints a warning; silenced by `--quiet`.
  package func warning(_ text: String) {
    if !isQuiet { message("wavprep: " + text, color: "33") }
  }

  /// Prints a remark; silenced by `--quiet`.
  package func note(_ text: String) {
    if !isQuiet { message(text, color: nil) }
  }

  /// Prints a detail; only with `--verbose`.
  package func detail(_ text: String) {
    if isVerbose { message(text, color: "2") }
  }

  /// Draws `line` as the progress bar, in place of the last one; nil takes it away.
  package func progress(_ line: String?) {
    guard showsProgress else { return }
    barIsDrawn.withLock { barIsDrawn in
      erase(&barIsDrawn)
      guard let line else { return }
      emit(line, to: STDERR_FILENO)
      barIsDrawn = true
    }
  }

  private func message(_ text: String, color: String?) {
    barIsDrawn.withLock { barIsDrawn in
      erase(&barIsDrawn)
      if colorsErrors, let color {
        emit("\u{1B}[\(color)m\(text)\u{1B}[0m\n", to: STDERR_FILENO)
      } else {
        emit(text + "\n", to: STDERR_FILENO)
      }
    }
  }

  private func erase(_ barIsDrawn: inout Bool) {
    guard barIsDrawn else { return }
    emit("\r\u{1B}[K", to: STDERR_FILENO)
    barIsDrawn = false
  }

  private func emit(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, rest.count > 0 {
        let count = write(descriptor, start, rest.count)
        if count < 0 && errno == EINTR { continue }
        // A reader that went away (`wavprep … | head`) ends the output, not the work.
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }

  private static func isColored(_ descriptor: Int32, _ mode: ColorMode) -> Bool {
    switch mode {
    case .always: return true
    case .never: return false
    case .auto:
      // https://no-color.org: present and not empty, whatever its value.
      if let refused = getenv("NO_COLOR"), refused.pointee != 0 { return false }
      if let terminal = getenv("TERM"), strcmp(terminal, "dumb") == 0 { return false }
      return isatty(descriptor) == 1
    }
  }
}
