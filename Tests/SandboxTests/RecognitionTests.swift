import Foundation
import Testing

@testable import Sandbox

@Suite("Recognition")
struct RecognitionTests {
  private static let meeting = packageFolder + "/fixtures/speech/meeting-16k.wav"

  @Test("speech comes back word for word, at most one word wrong, with times, in finals and refinements")
  func speech() async throws {
    let results = try await withSandbox(Sandbox.Configuration()) { sandbox in
      #expect(sandbox.recognisesSpeech, "install pocketsphinx and pocketsphinx-en-us")
      return try await recognise(Self.meeting, sandbox)
    }
    let finals = results.compactMap { $0["final"]?.list("alternatives").first }
    let said = try String(contentsOfFile: packageFolder + "/fixtures/speech/meeting-16k.txt", encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    let heard = finals.flatMap { ($0["text"]?.text ?? "").split(separator: " ").map(String.init) }
    #expect(wordsWrong(heard, said) <= 1)
    #expect(finals.count == 2)

    let words = finals.flatMap { $0.list("words") }
    let times = words.flatMap { word in ["startTimeMs", "endTimeMs"].map { word[$0]?.value ?? -1 } }
    #expect(words.compactMap { $0["text"]?.text } == heard)
    #expect(times == times.sorted())
    // "the meeting" begins after the pause, 2.4 s into the recording.
    #expect((2300...2700).contains(finals.last?["startTimeMs"]?.value ?? 0))

    let refinements = results.compactMap { $0["finalRefinement"] }
    #expect(refinements.map { $0["finalIndex"]?.text } == ["0", "1"])
    let sentences = refinements.compactMap { $0["normalizedText"]?.list("alternatives").first?["text"]?.text }
    #expect(sentences.first == "Hello how can I help you today.")
    #expect(results.count { $0["eouUpdate"] != nil } == 2)
    #expect(results.allSatisfy { $0["channelTag"] == .string("0") })
  }

  @Test("a call's speakers come back on channels of their own, in order of time")
  func channels() async throws {
    let call = try await convertedCall()
    defer { try? FileManager.default.removeItem(atPath: call) }
    let results = try await withSandbox(Sandbox.Configuration()) { try await recognise(call, $0) }
    let finals = results.filter { $0["final"] != nil }
    #expect(finals.map { $0["channelTag"]?.text } == ["0", "1", "0"])
    #expect(finals.map { $0["audioCursors"]?["finalIndex"]?.text } == ["0", "0", "1"])
    let texts = finals.compactMap { $0["final"]?.list("alternatives").first?["text"]?.text }
    let said = try String(
      contentsOfFile: packageFolder + "/fixtures/speech/call-48k-24bit-stereo.txt", encoding: .utf8
    ).split(separator: "\n").map { $0.dropFirst("0: ".count).split(separator: " ").map(String.init) }
    for (heard, said) in zip(texts, said) {
      #expect(wordsWrong(heard.split(separator: " ").map(String.init), said) <= 1)
    }
  }

  @Test("without PocketSphinx there is an utterance without words for each stretch of sound")
  func silence() async throws {
    let results = try await withSandbox { try await recognise(Self.meeting, $0) }
    let finals = results.compactMap { $0["final"]?.list("alternatives").first }
    #expect(finals.count == 2)
    #expect(finals.allSatisfy { $0["text"] == .string("") && $0["words"] == .array([]) })
    #expect((finals.last?["startTimeMs"]?.value ?? 0) > 2000)
  }

  @Test("audio travels inline as well, with field names in either spelling", arguments: [false, true])
  func inline(snakeCase: Bool) async throws {
    let content = try Data(contentsOf: URL(fileURLWithPath: Self.meeting)).base64EncodedString()
    var body = Request.wav(audio: #""content": "\#(content)""#)
    if snakeCase {
      for (camel, snake) in [
        ("recognitionModel", "recognition_model"), ("audioFormat", "audio_format"),
        ("containerAudioType", "container_audio_type"), ("containerAudio", "container_audio"),
      ] { body = body.replacing("\"\(camel)\"", with: "\"\(snake)\"") }
    }
    try await withSandbox { sandbox in
      let id = try await submit(body, sandbox)
      let done = try await finished(id, sandbox)
      #expect(done["error"] == nil)
      let reply = try await curl(sandbox, "GET", "/stt/v3/getRecognition?operationId=\(id)")
      #expect(reply.body.split(separator: "\n").count == 6)
      // What was sent is not kept longer than it is needed.
      #expect(StateFolder.names(sandbox, "inline").isEmpty)
      #expect(StateFolder.names(sandbox, "work").isEmpty)
    }
  }

  @Test("results are 404 until the operation is done, and again after they were deleted")
  func lifeOfResults() async throws {
    try await withSandbox { sandbox in
      let id = try await submitFile(Self.meeting, sandbox)
      let path = "/stt/v3/getRecognition?operation_id=\(id)"
      let early = try await curl(sandbox, "GET", path)
      if early.status != 200 {
        #expect(early.status == 404)
        #expect(early.json["error"]?["code"]?.value == 5)
      }
      let done = try await finished(id, sandbox)
      #expect(done["id"] == .string(id))
      #expect(done["error"] == nil)
      let ready = try await curl(sandbox, "GET", path)
      #expect(ready.status == 200)
      let deleted = try await curl(sandbox, "DELETE", "/stt/v3/deleteRecognition?operation_id=\(id)")
      #expect(deleted.status == 200)
      let gone = try await curl(sandbox, "GET", path)
      #expect(gone.status == 404)
      #expect(sandbox.submissions == 1)
    }
  }

  @Test("a cancelled operation ends as cancelled and has no results")
  func cancel() async throws {
    try await withSandbox(Sandbox.Configuration(parallelRecognitions: 1)) { sandbox in
      _ = try await submitFile(Self.meeting, sandbox)
      let id = try await submitFile(Self.meeting, sandbox)
      let cancelled = try await curl(sandbox, "GET", "/operations/\(id):cancel")
      #expect(cancelled.json["done"] == .bool(true))
      #expect(cancelled.json["error"]?["code"]?.value == 1)
      let results = try await curl(sandbox, "GET", "/stt/v3/getRecognition?operation_id=\(id)")
      #expect(results.status == 499)
    }
  }

  @Test("what a stopped sandbox left undone is done by the next one in its folder")
  func restart() async throws {
    let folder = NSTemporaryDirectory() + "/sandbox-state-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let configuration = Sandbox.Configuration(stateDirectory: folder, parallelRecognitions: 1)
    let (ids, key, port) = try await withSandbox(configuration) { sandbox in
      let first = try await submitFile(Self.meeting, sandbox)
      let second = try await submitFile(Self.meeting, sandbox)
      return ([first, second], sandbox.variable("YC_API_KEY"), sandbox.port)
    }
    var again = configuration
    again.port = port
    try await withSandbox(again) { sandbox in
      #expect(sandbox.variable("YC_API_KEY") == key)
      for id in ids {
        let done = try await finished(id, sandbox)
        #expect(done["error"] == nil)
      }
      #expect(sandbox.submissions == 2)
    }
    #expect(FileManager.default.fileExists(atPath: folder))
  }
}
