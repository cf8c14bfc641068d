/// What was said, by whom and when. Times are in seconds from the beginning of the audio.
public struct Transcript: Hashable, Sendable {
  /// A word.
  public struct Word: Hashable, Sendable {
    /// The word as recognised, before any refinement.
    public var text: String
    /// When it begins.
    public var start: Double
    /// When it ends.
    public var end: Double
  }

  /// What one channel said between two pauses.
  public struct Utterance: Hashable, Sendable {
    /// The channel's or the speaker's tag, `0` for the first.
    public var channel: String
    /// When it begins.
    public var start: Double
    /// When it ends.
    public var end: Double
    /// The text, refined where the service refined it.
    public var text: String
    /// The words with their own times; their text is not refined.
    public var words: [Word]
  }

  /// The recording's path as the user gave it.
  public var path: String?
  /// The service's operation.
  public var operationID: String?
  /// The model that was asked for.
  public var model: String
  /// The recording's length.
  public var duration: Double
  /// Utterances by their beginning; at the same time, by channel.
  public var utterances: [Utterance]

  /// A transcript of utterances in any order.
  public init(
    path: String? = nil, operationID: String? = nil, model: String, duration: Double, utterances: [Utterance]
  ) {
    self.path = path
    self.operationID = operationID
    self.model = model
    self.duration = duration
    self.utterances = utterances.enumerated().sorted { left, right in
      (left.element.start, left.element.channel, left.offset) < (
        right.element.start, right.element.channel, right.offset
      )
    }.map(\.element)
  }

  /// A transcript of what the service answered.
  ///
  /// - Parameter duration: the recording's length in seconds; without it, the length that the service received.
  public init(
    _ result: RecognitionResult, path: String? = nil, operationID: String? = nil, model: String,
    duration: Double? = nil
  ) {
    let received = result.responses.map(\.audioCursors.receivedDataMs).max() ?? 0
    self.init(
      path: path, operationID: operationID, model: model, duration: duration ?? Self.seconds(received),
      utterances: FinalCollector.utterances(of: result.responses))
  }

  /// Channels by name, numbers first and in their order.
  public var channels: [String] {
    Set(utterances.map(\.channel)).sorted { left, right in
      switch (Int(left), Int(right)) {
      case (let left?, let right?): left < right
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): left < right
      }
    }
  }

  /// All of the text: one channel's utterances in a row, those of several channels a line each.
  public var text: String {
    utterances.map(\.text).joined(separator: channels.count > 1 ? "\n" : " ")
  }

  /// Milliseconds as the service counts them, in seconds; what lies before the beginning is the beginning.
  static func seconds(_ milliseconds: Int64) -> Double {
    Double(max(0, milliseconds)) / 1000
  }
}
