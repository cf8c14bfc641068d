/// The forms in which a transcript is written.
public enum TranscriptFormat: String, CaseIterable, Sendable {
  /// Plain text, an utterance a line.
  case txt
  /// One JSON object with every word's times.
  case json
  /// SubRip subtitles.
  case srt
  /// Web Video Text Tracks.
  case vtt
  /// The service's own objects, one a line.
  case raw

  /// What goes after the recording's name and a dot.
  public var fileExtension: String {
    self == .raw ? "raw.jsonl" : rawValue
  }

  /// The text of a file in this form, with a newline at its end unless it is empty.
  ///
  /// - Parameters:
  ///   - transcript: what was said.
  ///   - result: where it came from, for `raw`.
  public func render(_ transcript: Transcript, _ result: RecognitionResult) -> String {
    switch self {
    case .txt: PlainText.render(transcript)
    case .json: TranscriptJSON.render(transcript)
    case .srt: Subtitles.renderSRT(transcript)
    case .vtt: Subtitles.renderVTT(transcript)
    case .raw: result.objects.map { $0 + "\n" }.joined()
    }
  }
}

/// Plain text, an utterance a line; several channels are named in front.
enum PlainText {
  static func render(_ transcript: Transcript) -> String {
    let namesChannels = transcript.channels.count > 1
    return transcript.utterances.map { utterance in
      (namesChannels ? "[\(channelName(utterance.channel))] " : "") + singleLine(utterance.text) + "\n"
    }.joined()
  }

  /// A text without line breaks, control characters and double spaces.
  static func singleLine(_ text: String) -> String {
    words(text).joined(separator: " ")
  }

  /// A text's words: what white space and control characters part.
  static func words(_ text: String) -> [String] {
    text.unicodeScalars.split { scalar in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }.map(String.init)
  }

  /// A channel's tag, kept short and to one line.
  static func channelName(_ tag: String) -> String {
    String(singleLine(tag).prefix(16))
  }
}

/// The transcript as JSON, its keys always there and always in this order.
enum TranscriptJSON {
  static func render(_ transcript: Transcript) -> String {
    let utterances = transcript.utterances.map { utterance in
      let words = utterance.words.map { word in
        "{\"text\": \(JSONText.string(word.text)), \(times(word.start, word.end))}"
      }
      return "\n  {\"channel\": \(JSONText.string(utterance.channel)), \(times(utterance.start, utterance.end)), "
        + "\"text\": \(JSONText.string(utterance.text)), \"words\": [\(words.joined(separator: ", "))]}"
    }
    return "{\"path\": \(optional(transcript.path)), \"operationId\": \(optional(transcript.operationID)), "
      + "\"model\": \(JSONText.string(transcript.model)), \"duration\": \(JSONText.number(transcript.duration)), "
      + "\"text\": \(JSONText.string(transcript.text)), \"utterances\": [\(utterances.joined(separator: ","))]}\n"
  }

  private static func times(_ start: Double, _ end: Double) -> String {
    "\"start\": \(JSONText.number(start)), \"end\": \(JSONText.number(end))"
  }

  private static func optional(_ text: String?) -> String {
    text.map(JSONText.string) ?? "null"
  }
}
