/// What to ask of the recogniser, apart from the audio.
public struct RecognitionOptions: Hashable, Sendable {
  /// A classifier and when it is to run.
  public struct Classifier: Hashable, Sendable {
    /// The classifier's name, as in `negative` or `formal_greeting`.
    public var name: String
    /// The events that it runs on.
    public var triggers: [WireRecognitionClassifier.TriggerType]
  }

  /// `general` or `deferred-general`, with `:rc` or `:deprecated` where wanted.
  public var model = "general"
  /// Language codes such as `ru-RU`; `auto` alone lets the service tell them; none sets no restriction.
  public var languages = ["ru-RU"]
  /// Numbers, dates and the like as digits, punctuation. Nil: where the languages allow it.
  public var textNormalization: Bool?
  /// Hides profanity.
  public var profanityFilter = false
  /// Rewrites in literary style.
  public var literatureText = false
  /// Whether telephone numbers are formatted as such.
  public var phoneFormatting = true
  /// Tells two speakers apart in a mono recording; they come back as channels `0` and `1`.
  public var speakerLabeling = false
  /// Statistics about each speaker.
  public var speakerAnalysis = false
  /// Statistics about the conversation.
  public var conversationAnalysis = false
  /// Quantiles of those statistics, each between 0 and 1, both excluded.
  public var quantiles: [Double] = []
  /// Classifiers to run.
  public var classifiers: [Classifier] = []
  /// Instructions, each of which gives one summary.
  public var summaries: [String] = []
  /// The language model that writes the summaries, as `gpt://folder/name/version`.
  public var summaryModel: String?
  /// Lets the service keep the audio.
  public var dataLogging = false
  /// The folder to bill, for user accounts only.
  public var folderID: String?

  /// The contract's defaults: the `general` model, Russian, normalized text.
  public init() {}

  /// Whether the model may take a day.
  public var isDeferred: Bool { model.hasPrefix("deferred-") }
}

/// Why options cannot be asked for.
public struct RecognitionOptionsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The option on the command line, as in `--quantile`.
  public let option: String
  /// What is wrong, and what to do.
  public let reason: String

  /// The option and what is wrong with it.
  public var description: String { "\(option): \(reason)" }
}

extension RecognitionOptions.Classifier {
  /// Reads `NAME:TRIGGER[,TRIGGER…]`, the triggers being `utterance`, `final` and `partial`, in any case, with or
  /// without `on_` in front.
  public init(parsing text: String) throws(RecognitionOptionsError) {
    func failure(_ reason: String) -> RecognitionOptionsError {
      RecognitionOptionsError(option: "--classifier", reason: "\"\(Printable.text(text))\" \(reason)")
    }
    guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else {
      throw failure("is not NAME:TRIGGER[,TRIGGER]; triggers are utterance, final, partial")
    }
    name = String(text[..<colon])
    triggers = []
    for word in text[text.index(after: colon)...].split(separator: ",", omittingEmptySubsequences: false) {
      switch word.lowercased() {
      case "utterance", "on_utterance": triggers.append(.onUtterance)
      case "final", "on_final": triggers.append(.onFinal)
      case "partial", "on_partial": triggers.append(.onPartial)
      default: throw failure("has an unknown trigger \"\(Printable.text(word))\"; there are utterance, final, partial")
      }
    }
  }
}

extension RecognitionOptions {
  /// The first thing that is wrong with the options.
  ///
  /// - Parameter channels: the audio's number of channels, where it is known.
  public func validate(channels: Int? = nil) throws(RecognitionOptionsError) {
    try check(isVisible(model), "--model", "a model's name has visible ASCII only")
    try check(folderID.map(isVisible) ?? true, "--folder-id", "an id has visible ASCII only")
    try validateLanguages()
    try validateText()
    try validateAnalyses(channels: channels)
  }

  private func validateLanguages() throws(RecognitionOptionsError) {
    for language in languages {
      try check(
        Self.isLanguage(language), "--language", "\"\(Printable.text(language))\" is no code such as ru-RU, nor auto")
    }
    try check(
      !languages.contains("auto") || languages.count == 1, "--language",
      "auto stands alone; list languages instead, or give auto only")
  }

  private func validateText() throws(RecognitionOptionsError) {
    try check(
      textNormalization != true || languages != ["auto"], "--text-normalization",
      "works with a named language only, not with auto; give --language ru-RU, say")
    let dependents = [
      (profanityFilter, "--profanity-filter"), (literatureText, "--literature-text"),
      (!phoneFormatting, "--no-phone-formatting"),
    ]
    for case (true, let option) in dependents {
      try check(
        normalizesText, option,
        "acts only with text normalization, which is off (--no-text-normalization, or language auto)")
    }
  }

  private func validateAnalyses(channels: Int?) throws(RecognitionOptionsError) {
    let channels = channels ?? 1
    try check(
      !speakerLabeling || channels == 1, "--speaker-labeling",
      "is for mono only, and this audio has \(channels) channels, which are told apart anyway; or mix them: --channels mono"
    )
    for quantile in quantiles {
      try check(quantile > 0 && quantile < 1, "--quantile", "\(quantile) is not between 0 and 1")
    }
    try check(
      quantiles.isEmpty || speakerAnalysis || conversationAnalysis, "--quantile",
      "needs --speaker-analysis or --conversation-analysis")
    try check(summaries.isEmpty || summaryModel?.isEmpty == false, "--summarize", "needs --summary-model URI")
    try check(summaryModel == nil || !summaries.isEmpty, "--summary-model", "needs --summarize TEXT")
  }

  private func check(_ isRight: Bool, _ option: String, _ reason: String) throws(RecognitionOptionsError) {
    if !isRight { throw RecognitionOptionsError(option: option, reason: reason) }
  }

  /// What may go into a header or a model's name.
  private func isVisible(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// Whether normalized text is asked for.
  var normalizesText: Bool {
    textNormalization ?? (!languages.isEmpty && languages != ["auto"])
  }

  private static func isLanguage(_ code: String) -> Bool {
    code == "auto"
      || code.utf8.count >= 2 && code.utf8.count <= 16
        && code.utf8.allSatisfy { byte in
          byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
  }
}
