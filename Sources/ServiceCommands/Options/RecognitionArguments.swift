import ArgumentParser
import SpeechKit

/// What to ask of the recogniser.
struct RecognitionArguments: ParsableArguments {
  @Option(help: "general or deferred-general (cheaper, up to a day), with :rc or :deprecated where wanted.")
  var model = "general"

  @Option(
    name: .long, help: ArgumentHelp("A language, as ru-RU, or auto; repeatable (default: ru-RU).", valueName: "code"))
  var language: [String] = []

  @Flag(inversion: .prefixedNo, help: "Write numbers and dates as digits, with punctuation (default where possible).")
  var textNormalization: Bool?

  @Flag(help: "Hide profanity.")
  var profanityFilter = false

  @Flag(help: "Rewrite in literary style.")
  var literatureText = false

  @Flag(help: "Leave telephone numbers as they were said.")
  var noPhoneFormatting = false

  @Flag(help: "Tell two speakers of a mono recording apart.")
  var speakerLabeling = false

  @Flag(help: "Statistics about each speaker.")
  var speakerAnalysis = false

  @Flag(help: "Statistics about the conversation.")
  var conversationAnalysis = false

  @Option(
    name: .customLong("quantile"),
    help: ArgumentHelp("A quantile of the statistics, between 0 and 1; repeatable.", valueName: "q"))
  var quantiles: [Double] = []

  @Option(
    name: .customLong("classifier"),
    help: ArgumentHelp(
      "A classifier and when it runs (utterance, final, partial); repeatable.", valueName: "name:trigger[,…]"))
  var classifiers: [String] = []

  @Option(
    name: .customLong("summarize"), help: ArgumentHelp("An instruction for a summary; repeatable.", valueName: "text"))
  var summaries: [String] = []

  @Option(help: ArgumentHelp("The language model for summaries.", valueName: "uri"))
  var summaryModel: String?

  @Flag(help: "Let the service keep the audio.")
  var dataLogging = false

  @Option(help: ArgumentHelp("The folder to bill; for user accounts only.", valueName: "id"))
  var folderId: String?

  /// The options for the service.
  func options() throws(RecognitionOptionsError) -> RecognitionOptions {
    var options = RecognitionOptions()
    options.model = model
    if !language.isEmpty { options.languages = language }
    options.textNormalization = textNormalization
    options.profanityFilter = profanityFilter
    options.literatureText = literatureText
    options.phoneFormatting = !noPhoneFormatting
    options.speakerLabeling = speakerLabeling
    options.speakerAnalysis = speakerAnalysis
    options.conversationAnalysis = conversationAnalysis
    options.quantiles = quantiles
    for classifier in classifiers {
      options.classifiers.append(try RecognitionOptions.Classifier(parsing: classifier))
    }
    options.summaries = summaries
    options.summaryModel = summaryModel
    options.dataLogging = dataLogging
    options.folderID = folderId
    try options.validate()
    return options
  }
}
