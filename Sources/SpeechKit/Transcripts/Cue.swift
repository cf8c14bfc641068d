/// One subtitle: what is shown, when.
struct Cue: Hashable {
  static let lineLength = 42
  static let lineLimit = 2
  static let longestSeconds = 7.0

  let channel: String
  let start: Double
  let end: Double
  let lines: [String]

  /// A transcript's cues in time order.
  ///
  /// - Parameter prefix: what to show in front of a channel's first line, when there are several channels.
  static func cues(of transcript: Transcript, prefix: (String) -> String) -> [Cue] {
    let namesChannels = transcript.channels.count > 1
    let all = transcript.utterances.flatMap { utterance in
      Self.cues(of: utterance, prefix: namesChannels ? prefix(PlainText.channelName(utterance.channel)) : "")
    }
    return all.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
  }

  /// An utterance's cues: words are added to a cue while it stays within its lines and its time.
  private static func cues(of utterance: Transcript.Utterance, prefix: String) -> [Cue] {
    var cues: [Cue] = []
    var shown: [TimedText] = []
    func finish() {
      guard let first = shown.first, let last = shown.last else { return }
      let lines = wrap(shown.map(\.text), prefix: prefix)
      // A word's time can be empty; a cue's must not be.
      cues.append(
        Cue(channel: utterance.channel, start: first.start, end: max(last.end, first.start + 0.001), lines: lines))
    }
    for word in TimedText.words(of: utterance, longest: lineLength - prefix.count) {
      let isTooLong = word.end - (shown.first?.start ?? word.start) > longestSeconds
      if !shown.isEmpty, isTooLong || wrap((shown + [word]).map(\.text), prefix: prefix).count > lineLimit {
        finish()
        shown = []
      }
      shown.append(word)
    }
    finish()
    return cues
  }

  /// Words on lines, as many on each as fit.
  private static func wrap(_ words: [String], prefix: String) -> [String] {
    var lines: [String] = []
    var line = prefix
    var isEmpty = true
    for word in words {
      if !isEmpty, line.count + 1 + word.count > lineLength {
        lines.append(line)
        line = word
      } else {
        line += (isEmpty ? "" : " ") + word
      }
      isEmpty = false
    }
    return lines + [line]
  }
}

/// A word of the shown text with its time.
struct TimedText: Hashable {
  let text: String
  let start: Double
  let end: Double

  /// The words of an utterance's text.
  ///
  /// Where the text is as recognised, word by word, each has its own time. A refined text has other words ("25" for
  /// "twenty five"): its characters are laid over those of the recognised words in proportion.
  ///
  /// - Parameter longest: the most characters that a word may have; longer ones come in pieces.
  static func words(of utterance: Transcript.Utterance, longest: Int) -> [TimedText] {
    let texts = PlainText.words(utterance.text)
    let parts = texts.flatMap { pieces(of: $0, limit: longest) }
    let clock = WordClock(utterance)
    if parts.count == clock.words.count, texts.count == parts.count {
      return ordered(zip(parts, clock.words).map { TimedText(text: $0, start: $1.start, end: $1.end) })
    }
    let total = Double(max(1, parts.reduce(0) { $0 + $1.count }))
    var before = 0
    return ordered(
      parts.map { part in
        let start = clock.start(at: Double(before) / total)
        before += part.count
        return TimedText(text: part, start: start, end: clock.end(at: Double(before) / total))
      })
  }

  private static func pieces(of word: String, limit: Int) -> [String] {
    guard word.count > limit else { return [word] }
    var rest = word[...]
    var pieces: [String] = []
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(limit)))
      rest = rest.dropFirst(limit)
    }
    return pieces
  }

  /// Times made to go forward, whatever the service said.
  private static func ordered(_ words: [TimedText]) -> [TimedText] {
    var last = 0.0
    return words.map { word in
      let start = max(word.start, last)
      let end = max(word.end, start)
      last = start
      return TimedText(text: word.text, start: start, end: end)
    }
  }
}

/// Tells which recognised word stands at a share of an utterance's text.
private struct WordClock {
  let words: [Transcript.Word]
  private let utterance: Transcript.Utterance
  /// The characters up to and with each word.
  private let passed: [Int]

  init(_ utterance: Transcript.Utterance) {
    self.utterance = utterance
    words = utterance.words.filter { !$0.text.isEmpty }
    var count = 0
    passed = words.map { word in
      count += word.text.count
      return count
    }
  }

  /// The beginning of the word that a share of the text begins in; without words, that share of the time.
  func start(at share: Double) -> Double {
    word(at: share, tolerance: 1e-6).map(\.start) ?? between(share)
  }

  /// The end of the word that a share of the text ends in.
  func end(at share: Double) -> Double {
    word(at: share, tolerance: -1e-6).map(\.end) ?? between(share)
  }

  private func between(_ share: Double) -> Double {
    utterance.start + share * (utterance.end - utterance.start)
  }

  /// A share that meets a word's edge comes out of a division a hair beside it: hence the tolerance, in characters.
  private func word(at share: Double, tolerance: Double) -> Transcript.Word? {
    guard let total = passed.last else { return nil }
    let target = share * Double(total) + tolerance
    var (low, high) = (0, words.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if Double(passed[middle]) < target { low = middle + 1 } else { high = middle }
    }
    return words[low]
  }
}
