import Foundation

/// Recognised utterances as the service streams them: for each a final, an end of utterance and a refinement, in
/// order of time, finals counted per channel.
struct ResultStream {
  let sessionID: String
  let requestID: String?
  /// Milliseconds of audio.
  let duration: Int

  /// The stream: one JSON object a line.
  ///
  /// - Parameter channels: the utterances of each channel, in order of time.
  func lines(_ channels: [[Utterance]]) -> Data {
    var events: [(time: Int, updates: [JSON])] = []
    for (channel, utterances) in channels.enumerated() {
      for (index, utterance) in utterances.enumerated() {
        events.append((utterance.end, updates(utterance, index: index, channel: String(channel))))
      }
    }
    var lines = Data()
    // Sorting by time alone keeps a channel's own order: its utterances do not overlap.
    for update in events.sorted(by: { $0.time < $1.time }).flatMap(\.updates) {
      lines += JSON.object(["result": update]).data + Data("\n".utf8)
    }
    return lines
  }

  private func updates(_ utterance: Utterance, index: Int, channel: String) -> [JSON] {
    let spoken = alternatives(utterance, text: utterance.text, channel: channel)
    let written = alternatives(utterance, text: utterance.sentence, channel: channel)
    let kinds: [(String, JSON)] = [
      ("final", spoken),
      ("eouUpdate", .object(["timeMs": .int64(utterance.end)])),
      ("finalRefinement", .object(["finalIndex": .int64(index), "normalizedText": written])),
    ]
    return kinds.map { name, update in
      .object([
        "sessionUuid": .object(["uuid": .string(sessionID), "userRequestId": .string(requestID ?? "")]),
        "audioCursors": cursors(at: utterance.end, index: index),
        "responseWallTimeMs": .int64(utterance.end),
        "channelTag": .string(channel),
        name: update,
      ])
    }
  }

  private func cursors(at time: Int, index: Int) -> JSON {
    .object([
      "receivedDataMs": .int64(duration), "resetTimeMs": .int64(0), "partialTimeMs": .int64(time),
      "finalTimeMs": .int64(time), "finalIndex": .int64(index), "eouTimeMs": .int64(time),
    ])
  }

  private func alternatives(_ utterance: Utterance, text: String, channel: String) -> JSON {
    let words = utterance.words.map { word in
      JSON.object(["text": .string(word.text), "startTimeMs": .int64(word.start), "endTimeMs": .int64(word.end)])
    }
    let alternative = JSON.object([
      "words": .array(words), "text": .string(text), "startTimeMs": .int64(utterance.start),
      "endTimeMs": .int64(utterance.end), "confidence": .number(1), "languages": .array([]),
    ])
    return .object(["alternatives": .array([alternative]), "channelTag": .string(channel)])
  }
}
