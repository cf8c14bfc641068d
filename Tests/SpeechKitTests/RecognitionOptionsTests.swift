import Foundation
import Testing

@testable import SpeechKit

@Suite("Options and the request they make")
struct RecognitionOptionsTests {
  private func json(_ change: (inout RecognitionOptions) -> Void = { _ in }) throws -> NSDictionary {
    var options = RecognitionOptions()
    change(&options)
    let request = try RecognitionRequest(.uri("https://a/b"), options: options)
    let object = try JSONSerialization.jsonObject(with: Data(request.summaryJSON().utf8))
    return try #require(object as? NSDictionary)
  }

  @Test("the defaults: WAV, the general model, Russian, normalized text")
  func defaults() throws {
    let expected: NSDictionary = [
      "uri": "https://a/b",
      "recognitionModel": [
        "model": "general", "audioFormat": ["containerAudio": ["containerAudioType": "WAV"]],
        "textNormalization": ["textNormalization": "TEXT_NORMALIZATION_ENABLED"],
        "languageRestriction": ["restrictionType": "WHITELIST", "languageCode": ["ru-RU"]],
      ] as NSDictionary,
    ]
    #expect(try json() == expected)
  }

  @Test("every option reaches its field")
  func everything() throws {
    let expected: NSDictionary = [
      "uri": "https://a/b",
      "recognitionModel": [
        "model": "deferred-general", "audioFormat": ["containerAudio": ["containerAudioType": "WAV"]],
        "textNormalization": [
          "textNormalization": "TEXT_NORMALIZATION_ENABLED", "profanityFilter": true, "literatureText": true,
          "phoneFormattingMode": "PHONE_FORMATTING_MODE_DISABLED",
        ],
        "languageRestriction": ["restrictionType": "WHITELIST", "languageCode": ["ru-RU", "en-US"]],
      ] as NSDictionary,
      "recognitionClassifier": [
        "classifiers": [["classifier": "negative", "triggers": ["ON_UTTERANCE", "ON_FINAL"]] as NSDictionary]
      ],
      "speechAnalysis": [
        "enableSpeakerAnalysis": true, "enableConversationAnalysis": true,
        "descriptiveStatisticsQuantiles": [0.5, 0.9],
      ] as NSDictionary,
      "speakerLabeling": ["speakerLabeling": "SPEAKER_LABELING_ENABLED"],
      "summarization": ["modelUri": "gpt://f/m", "properties": [["instruction": "Кратко \"о\" деле"]]] as NSDictionary,
    ]
    let made = try json { options in
      options.model = "deferred-general"
      options.languages = ["ru-RU", "en-US"]
      (options.profanityFilter, options.literatureText, options.phoneFormatting) = (true, true, false)
      (options.speakerLabeling, options.speakerAnalysis, options.conversationAnalysis) = (true, true, true)
      options.quantiles = [0.5, 0.9]
      options.classifiers = [.init(name: "negative", triggers: [.onUtterance, .onFinal])]
      options.summaries = ["Кратко \"о\" деле"]
      options.summaryModel = "gpt://f/m"
    }
    #expect(made == expected)
  }

  @Test("a language that the service is to find out turns normalization off")
  func automaticLanguage() throws {
    let made = try json { $0.languages = ["auto"] }
    let model = try #require(made["recognitionModel"] as? NSDictionary)
    #expect(model["textNormalization"] as? NSDictionary == ["textNormalization": "TEXT_NORMALIZATION_DISABLED"])
  }

  private static let refusedChanges: [(String, @Sendable (inout RecognitionOptions) -> Void)] = [
    ("--model", { $0.model = "" }), ("--model", { $0.model = "a\nb" }),
    ("--language", { $0.languages = ["русский"] }),
    ("--language", { $0.languages = ["auto", "ru-RU"] }),
    ("--text-normalization", { ($0.languages, $0.textNormalization) = (["auto"], true) }),
    ("--profanity-filter", { ($0.profanityFilter, $0.textNormalization) = (true, false) }),
    ("--literature-text", { ($0.literatureText, $0.languages) = (true, ["auto"]) }),
    ("--no-phone-formatting", { ($0.phoneFormatting, $0.textNormalization) = (false, false) }),
    ("--speaker-labeling", { $0.speakerLabeling = true }), ("--quantile", { $0.quantiles = [0.5] }),
    ("--quantile", { ($0.quantiles, $0.speakerAnalysis) = ([1], true) }),
    ("--quantile", { ($0.quantiles, $0.speakerAnalysis) = ([.nan], true) }),
    ("--summarize", { $0.summaries = ["x"] }),
    ("--summary-model", { $0.summaryModel = "gpt://x" }), ("--folder-id", { $0.folderID = "a b" }),
  ]

  @Test(
    "what the service would refuse, or bill and ignore, is refused with the option's name",
    arguments: refusedChanges)
  func refusals(option: String, change: @Sendable (inout RecognitionOptions) -> Void) {
    var options = RecognitionOptions()
    change(&options)
    #expect {
      try options.validate(channels: 2)
    } throws: {
      "\($0)".hasPrefix(option)
    }
  }

  @Test("classifiers are read as NAME:TRIGGER[,TRIGGER]")
  func classifiers() throws {
    let classifier = try RecognitionOptions.Classifier(parsing: "formal_greeting:utterance,ON_FINAL")
    #expect(classifier == .init(name: "formal_greeting", triggers: [.onUtterance, .onFinal]))
    for text in ["", "name", ":final", "name:", "name:sometimes", "name:final,"] {
      #expect(throws: RecognitionOptionsError.self) { try RecognitionOptions.Classifier(parsing: text) }
    }
  }

  @Test("a file too large for a request is refused with the way out; the content is left out of summaries")
  func inline() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "a.wav")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: UInt64(RecognitionRequest.inlineLimit))
    let request = try RecognitionRequest(.content(try SourceFile(path: path)), options: RecognitionOptions())
    #expect(request.summaryJSON().utf8.count < 1000)
    #expect(request.summaryJSON().hasPrefix("{\"content\":\"…44000000 bytes in Base64…\",\"recognitionModel\""))
    try handle.truncate(atOffset: UInt64(RecognitionRequest.inlineLimit) + 1)
    #expect {
      try RecognitionRequest(.content(try SourceFile(path: path)), options: RecognitionOptions())
    } throws: {
      "\($0)".contains("--bucket")
    }
  }

  @Test("the fingerprint changes with what the service is asked")
  func fingerprint() {
    var options = RecognitionOptions()
    let before = options.fingerprint
    #expect(before == RecognitionOptions().fingerprint)
    options.profanityFilter = true
    #expect(options.fingerprint != before)
  }
}
