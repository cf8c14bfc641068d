/// A word and when it was said, in milliseconds from the beginning of the audio.
struct Word: Equatable, Sendable {
  var text: String
  var start: Int
  var end: Int
}

/// What one speaker said between two pauses, in milliseconds from the beginning of the audio.
struct Utterance: Equatable, Sendable {
  var words: [Word]
  var start: Int
  var end: Int

  /// The words, in small letters, with single spaces between.
  var text: String { words.map(\.text).joined(separator: " ") }

  /// The text as a sentence: a capital at its beginning and for the speaker, and a full stop at its end.
  var sentence: String {
    let text = words.map { $0.text == "i" || $0.text.hasPrefix("i'") ? "I" + $0.text.dropFirst() : $0.text }
      .joined(separator: " ")
    return text.isEmpty ? "" : text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
