import Foundation
import Testing

@testable import Sandbox

/// Bodies of submissions.
enum Request {
  /// A good one.
  ///
  /// - Parameter more: members to add.
  static func wav(audio: String, more: String = "") -> String {
    """
    {\(audio), "recognitionModel": {"model": "general", \
    "audioFormat": {"containerAudio": {"containerAudioType": "WAV"}}}\(more)}
    """
  }
}

@Suite("Requests")
struct RequestTests {
  private static let model = #""recognitionModel": {"audioFormat": {"containerAudio": {"containerAudioType": 1}}}"#

  @Test(
    "a request that the service would refuse is refused with code 3, and says where it is wrong",
    arguments: [
      ("nothing at all", "", "JSON"),
      ("half an object", #"{"uri": "#, "JSON"),
      ("no audio", "{\(model)}", "exactly one"),
      ("both kinds of audio", #"{"uri": "http://x/y", "content": "AAAA", \#(model)}"#, "exactly one"),
      ("no model", #"{"uri": "http://x/y"}"#, "recognition_model"),
      ("an unknown model", Request.wav(audio: #""uri": "x""#).replacing("general", with: "best"), "best"),
      ("an unknown field", #"{"uri": "x", "url": "x", \#(model)}"#, "url"),
      ("a field twice", #"{"uri": "x", "recognition_model": {}, \#(model)}"#, "twice"),
      ("content that is no base64", #"{"content": "?", \#(model)}"#, "base64"),
      ("a number for a name", #"{"uri": 7, \#(model)}"#, "string"),
      ("a list for an object", #"{"uri": "x", "recognitionModel": []}"#, "object"),
      ("another container", Request.wav(audio: #""uri": "x""#).replacing("WAV", with: "OGG_OPUS"), "WAV"),
      ("an unknown container", Request.wav(audio: #""uri": "x""#).replacing("WAV", with: "FLAC"), "one of"),
      (
        "text for a truth",
        Request.wav(audio: #""uri": "x""#, more: #", "speechAnalysis": {"enableSpeakerAnalysis": "yes"}"#),
        "speech_analysis.enable_speaker_analysis"
      ),
      (
        "half a millisecond",
        Request.wav(
          audio: #""uri": "x""#, more: #", "speechAnalysis": {"speakerOptions": {"silenceThresholdMs": "0.5"}}"#),
        "integer"
      ),
      (
        "an unknown trigger",
        Request.wav(
          audio: #""uri": "x""#,
          more: #", "recognitionClassifier": {"classifiers": [{"classifier": "a", "triggers": ["ON_TIME"]}]}"#),
        "classifiers[0].triggers[0]"
      ),
    ])
  func refused(what: String, body: String, message: String) async throws {
    try await withSandbox { sandbox in
      let reply = try await curl(sandbox, "POST", "/stt/v3/recognizeFileAsync", body: body)
      #expect(reply.status == 400)
      #expect(reply.json["code"]?.value == 3)
      #expect(reply.json["message"]?.text?.contains(message) == true, "\(reply.body)")
      #expect(sandbox.submissions == 0)
    }
  }

  @Test("every option of the service is taken")
  func everyOption() async throws {
    let more = """
      , "recognitionClassifier": {"classifiers": [{"classifier": "insult", "triggers": ["ON_UTTERANCE", 2]}]},
      "speechAnalysis": {"enableSpeakerAnalysis": true, "enable_conversation_analysis": false,
        "descriptiveStatisticsQuantiles": [0.5, 0.9], "speakerOptions": {"silenceThresholdMs": "300"},
        "converstationOptions": {"simultaneousSilenceThresholdMs": 100}},
      "speakerLabeling": {"speakerLabeling": "SPEAKER_LABELING_ENABLED"},
      "summarization": {"modelUri": "gpt://x", "properties": [{"instruction": "short", "jsonObject": true},
        {"jsonSchema": {"schema": {"type": "object"}}}]}
      """
    try await withSandbox { sandbox in
      let body = Request.wav(audio: #""uri": "\#(sandbox.address("/sandbox/none"))""#, more: more)
      let reply = try await curl(sandbox, "POST", "/stt/v3/recognizeFileAsync", body: body)
      #expect(reply.status == 200)
      #expect(reply.json["done"] == .bool(false))
      #expect(sandbox.submissions == 1)
    }
  }

  @Test(
    "audio that the recogniser does not take fails the operation with code 3",
    arguments: [
      ("24-bit", ["-r", "48000", "-b", "24"], "pcm_s24le"), ("8-bit", ["-b", "8"], "pcm_u8"),
      ("floats", ["-e", "floating-point", "-b", "32"], "pcm_f32le"), ("µ-law", ["-e", "mu-law"], "pcm_mulaw"),
      ("22.05 kHz", ["-r", "22050"], "22050"), ("FLAC", ["-t", "flac"], "not-riff"), ("Wave64", ["-t", "w64"], "W64"),
    ])
  func unsupportedAudio(what: String, format: [String], message: String) async throws {
    let path = NSTemporaryDirectory() + "/sandbox-audio-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let type = format.first == "-t" ? [] : ["-t", "wav"]
    let made = try await output(
      "sox", ["-V1", packageFolder + "/fixtures/speech/meeting-16k.wav"] + type + format + [path])
    #expect(made.status == 0)
    try await withSandbox { sandbox in
      let done = try await finished(try await submitFile(path, sandbox), sandbox)
      #expect(done["error"]?["code"]?.value == 3)
      #expect(done["error"]?["message"]?.text?.contains(message) == true, "\(done)")
    }
  }

  @Test(
    "a uri of nothing, of another host or with bare spaces fails the operation with code 3",
    arguments: ["/sandbox/nothing", "https://example.com/sandbox/x", "/sandbox/a b", "/sandbox", "/other/x"])
  func wrongURI(uri: String) async throws {
    try await withSandbox { sandbox in
      let uri = uri.hasPrefix("/") ? sandbox.address(uri) : uri
      let done = try await finished(try await submit(Request.wav(audio: #""uri": "\#(uri)""#), sandbox), sandbox)
      #expect(done["error"]?["code"]?.value == 3)
    }
  }

  @Test("speakers are told apart in mono only")
  func speakerLabeling() async throws {
    let call = try await convertedCall()
    defer { try? FileManager.default.removeItem(atPath: call) }
    let more = #", "speakerLabeling": {"speakerLabeling": "SPEAKER_LABELING_ENABLED"}"#
    try await withSandbox { sandbox in
      let done = try await finished(try await submitFile(call, sandbox, more: more), sandbox)
      #expect(done["error"]?["code"]?.value == 3)
    }
  }
}
