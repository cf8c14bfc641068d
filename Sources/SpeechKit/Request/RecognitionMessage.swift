extension RecognitionOptions {
  /// The service's message for these options, without audio.
  func message() -> WireRecognizeFileRequest {
    var request = WireRecognizeFileRequest()
    request.recognitionModel.model = model
    request.recognitionModel.audioFormat.containerAudio.containerAudioType = .wav
    var text = WireTextNormalizationOptions()
    text.textNormalization = normalizesText ? .enabled : .disabled
    text.profanityFilter = profanityFilter
    text.literatureText = literatureText
    if !phoneFormatting { text.phoneFormattingMode = .disabled }
    request.recognitionModel.textNormalization = text
    if !languages.isEmpty {
      request.recognitionModel.languageRestriction.restrictionType = .whitelist
      request.recognitionModel.languageRestriction.languageCode = languages
    }
    addAnalyses(to: &request)
    return request
  }

  private func addAnalyses(to request: inout WireRecognizeFileRequest) {
    if speakerLabeling { request.speakerLabeling.speakerLabeling = .enabled }
    if speakerAnalysis || conversationAnalysis {
      request.speechAnalysis.enableSpeakerAnalysis = speakerAnalysis
      request.speechAnalysis.enableConversationAnalysis = conversationAnalysis
      request.speechAnalysis.descriptiveStatisticsQuantiles = quantiles
    }
    request.recognitionClassifier.classifiers = classifiers.map { classifier in
      var message = WireRecognitionClassifier()
      message.classifier = classifier.name
      message.triggers = classifier.triggers
      return message
    }
    if classifiers.isEmpty { request.clearRecognitionClassifier() }
    if let summaryModel, !summaries.isEmpty {
      request.summarization.modelUri = summaryModel
      request.summarization.properties = summaries.map { instruction in
        var property = WireSummarizationProperty()
        property.instruction = instruction
        return property
      }
    }
  }
}
