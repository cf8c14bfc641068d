/// Subtitles: SubRip, which players agree on without a standard, and WebVTT (W3C Candidate Recommendation, 2019).
///
/// A cue has at most two lines of 42 characters and lasts at most seven seconds, as subtitlers have it; longer
/// utterances are parted between words, at the words' own times.
enum Subtitles {
  static func renderSRT(_ transcript: Transcript) -> String {
    let cues = Cue.cues(of: transcript) { "[\($0)] " }
    return cues.enumerated().map { index, cue in
      """
      \(index + 1)
      \(time(cue.start, fraction: ",")) --> \(time(cue.end, fraction: ","))
      \(cue.lines.joined(separator: "\n"))


      """
    }.joined()
  }

  static func renderVTT(_ transcript: Transcript) -> String {
    let namesChannels = transcript.channels.count > 1
    // The voice stands in a tag, which is not shown, so that lines keep their whole width.
    let cues = Cue.cues(of: transcript) { _ in "" }
    return "WEBVTT\n\n"
      + cues.map { cue in
        let voice = namesChannels ? "<v Channel \(escape(PlainText.channelName(cue.channel)))>" : ""
        return """
          \(time(cue.start, fraction: ".")) --> \(time(cue.end, fraction: "."))
          \(voice)\(cue.lines.map(escape).joined(separator: "\n"))


          """
      }.joined()
  }

  /// `HH:MM:SS,mmm`, hours with more digits where they need them.
  static func time(_ seconds: Double, fraction: String) -> String {
    // Nothing recorded lasts longer than this many hours, and the number has to stay a number.
    let bounded = seconds > 0 ? min(seconds, 3600 * 99_999) : 0
    let milliseconds = Int((bounded * 1000).rounded())
    func digits(_ value: Int, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let whole = milliseconds / 1000
    return digits(whole / 3600, 2) + ":" + digits(whole / 60 % 60, 2) + ":" + digits(whole % 60, 2) + fraction
      + digits(milliseconds % 1000, 3)
  }

  /// WebVTT's cue text reads `&`, `<` and `>` as markup.
  private static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
