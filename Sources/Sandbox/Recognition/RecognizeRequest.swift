import Foundation

/// A request to recognise a file, checked as the service would.
struct RecognizeRequest: Sendable {
  /// Where the audio is.
  enum Audio: Sendable {
    case content(Data)
    case uri(String)
  }

  let audio: Audio
  let labelsSpeakers: Bool

  /// The longest body: 44 MB of audio in base64, with some space for the rest.
  static let bodyLimit = 60_000_000

  /// The models there are; a tag may follow a colon.
  private static let models: Set<String> = [
    "general", "general:rc", "general:deprecated", "deferred-general", "deferred-general:rc",
    "deferred-general:deprecated",
  ]

  init(_ json: JSON) throws(ServiceError) {
    let request = try MessageShape.recognizeFileRequest.normalized(json, at: "request")
    audio = try Self.audio(of: request)
    try Self.checkModel(request["recognition_model"])
    let labeling = request["speaker_labeling"]?["speaker_labeling"]
    labelsSpeakers = labeling == .string("SPEAKER_LABELING_ENABLED")
  }

  private static func audio(of request: JSON) throws(ServiceError) -> Audio {
    switch (request["content"]?.text ?? "", request["uri"]?.text ?? "") {
    case (let content, "") where !content.isEmpty:
      guard let data = Data(base64Text: content) else {
        throw ServiceError(.invalidArgument, "request.content: has to be base64")
      }
      return .content(data)
    case ("", let uri) where !uri.isEmpty: return .uri(uri)
    default: throw ServiceError(.invalidArgument, "request: exactly one of content and uri has to be given")
    }
  }

  private static func checkModel(_ options: JSON?) throws(ServiceError) {
    guard let options else { throw ServiceError(.invalidArgument, "request.recognition_model: required") }
    if let model = options["model"]?.text, !model.isEmpty, !models.contains(model) {
      throw ServiceError(.invalidArgument, "request.recognition_model.model: there is no model \(model)")
    }
    let format = options["audio_format"]
    let container = format?["container_audio"]?["container_audio_type"]
    guard format?["raw_audio"] == nil, container == .string("WAV") else {
      throw ServiceError(
        .invalidArgument, "request.recognition_model.audio_format: the sandbox reads container_audio of type WAV only")
    }
  }
}
