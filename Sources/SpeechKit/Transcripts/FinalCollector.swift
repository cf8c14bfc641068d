/// Puts finals and refinements together.
///
/// Finals are counted per channel, and a refinement replaces the text of the final with its channel and index. Nothing
/// is taken for granted beyond that: a refinement may come first, or without its final, and finals without an index
/// all have index 0.
struct FinalCollector {
  private struct Key: Hashable {
    let channel: String
    let index: Int64
  }

  private struct Entry {
    var utterance: Transcript.Utterance
    var isRefined: Bool
  }

  private var entries: [Entry] = []
  private var places: [Key: [Int]] = [:]
  private var early: [Key: WireAlternative] = [:]

  /// The utterances of a whole result, in the order of their finals.
  static func utterances(of responses: [WireStreamingResponse]) -> [Transcript.Utterance] {
    var collector = FinalCollector()
    for response in responses {
      switch response.event {
      case .final(let update):
        collector.add(update, Key(channel: channel(response, update), index: response.audioCursors.finalIndex))
      case .finalRefinement(let refinement):
        let update = refinement.normalizedText
        collector.refine(update, Key(channel: channel(response, update), index: refinement.finalIndex))
      default: continue
      }
    }
    for (key, alternative) in collector.early.sorted(by: { $0.key.index < $1.key.index }) {
      collector.entries.append(Entry(utterance: utterance(alternative, key.channel), isRefined: true))
    }
    return collector.entries.map(\.utterance).filter { !$0.text.isEmpty }
  }

  /// The first alternative is the likeliest one.
  private mutating func add(_ update: WireAlternativeUpdate, _ key: Key) {
    guard let alternative = update.alternatives.first else { return }
    var entry = Entry(utterance: Self.utterance(alternative, key.channel), isRefined: false)
    if let refinement = early.removeValue(forKey: key) {
      entry.utterance.text = refinement.text
      entry.isRefined = true
    }
    places[key, default: []].append(entries.count)
    entries.append(entry)
  }

  private mutating func refine(_ update: WireAlternativeUpdate, _ key: Key) {
    guard let alternative = update.alternatives.first else { return }
    guard let candidates = places[key], let last = candidates.last else {
      early[key] = alternative
      return
    }
    // Where indices are missing, several finals share one: refinements then go to them in turn.
    let place = candidates.first { !entries[$0].isRefined } ?? last
    entries[place].utterance.text = alternative.text
    entries[place].isRefined = true
  }

  private static func channel(_ response: WireStreamingResponse, _ update: WireAlternativeUpdate) -> String {
    let tags = [response.channelTag, update.channelTag]
    return tags.first { !$0.isEmpty } ?? "0"
  }

  private static func utterance(_ alternative: WireAlternative, _ channel: String) -> Transcript.Utterance {
    let words = alternative.words.map { word in
      let start = Transcript.seconds(word.startTimeMs)
      return Transcript.Word(text: word.text, start: start, end: max(start, Transcript.seconds(word.endTimeMs)))
    }
    var start = Transcript.seconds(alternative.startTimeMs)
    var end = Transcript.seconds(alternative.endTimeMs)
    if end <= start, let first = words.first, let last = words.last {
      (start, end) = (first.start, last.end)
    }
    let text = alternative.text.isEmpty ? words.map(\.text).joined(separator: " ") : alternative.text
    return Transcript.Utterance(channel: channel, start: start, end: max(start, end), text: text, words: words)
  }
}
