import Testing

@testable import SpeechKit

@Suite("Results as they really come")
struct RecognitionResultTests {
  private static func final(_ text: String, index: String = "0", start: Int = 0) -> String {
    #"{"channelTag": "0", "audioCursors": {"finalIndex": "\#(index)"}, "final": {"alternatives": [{"text": "\#(text)", "startTimeMs": "\#(start)", "endTimeMs": \#(start + 500)}]}}"#
  }

  private func texts(_ stream: String) throws -> [String] {
    let result = try RecognitionResult.parse(Array(stream.utf8))
    return Transcript(result, model: "general").utterances.map(\.text)
  }

  @Test(
    "objects are told apart on lines, back to back, pretty-printed; wrapped or bare",
    arguments: [
      "{\"result\": A}\n{\"result\": B}\n", "AB", "A\r\n\r\nB", "  {\"result\":A}B  ",
      "{\n\"result\"\n:\nA\n}\n{\n\t\"result\": B }",
      "{\"result\": A, \"error\": null}{\"extra\": 1, \"result\": B}",
    ])
  func layouts(template: String) throws {
    let stream = template.replacing("A", with: Self.final("раз { \\\" } \\\\")).replacing(
      "B", with: Self.final("two [", index: "1", start: 600))
    #expect(try texts(stream) == ["раз { \" } \\", "two ["])
  }

  @Test("cuts anywhere, inside UTF-8 and escapes too, change nothing", arguments: 1...7)
  func pieces(size: Int) throws {
    let stream = Array((Self.final("раз \\u0434ва 😀") + "\n" + Self.final("три", index: "1", start: 900)).utf8)
    var parser = ResultsParser()
    for start in stride(from: 0, to: stream.count, by: size) {
      try parser.append(Array(stream[start..<min(stream.count, start + size)]))
    }
    let result = try parser.finish()
    #expect(result.objects == (try RecognitionResult.parse(stream)).objects)
    #expect(Transcript(result, model: "general").utterances.map(\.text) == ["раз два 😀", "три"])
  }

  @Test(
    "numbers come as strings or numbers, and unknown fields, kinds and values do no harm",
    arguments: [
      #"{"final": {"alternatives": [{"text": "a", "confidence": "1.0", "startTimeMs": "5", "new": {"deep": [1, {}]}}]}}"#,
      #"{"final": {"alternatives": [{"text": "a", "confidence": 0.5, "start_time_ms": 5}]}, "brandNew": [null, {}]}"#,
      #"{"final": {"alternatives": [{"text": "a", "confidence": "NaN"}]}, "statusCode2": {"codeType": "ODD"}}"#,
      #"{"final": {"alternatives": [{"text": "a", "confidence": NaN}]}}"#,
      #"{"final": {"alternatives": [{"text": "a", "confidence": -Infinity }]}}"#,
      #"{"final": {"alternatives": [{"text": "a", "confidence": null}]}, "channelTag": null}"#,
      #"{"statusCode": {"codeType": "UNHEARD_OF", "message": "x"}} {"final": {"alternatives": [{"text": "a"}]}}"#,
      #"{"newKind": {"x": 1}} {"result": {"newKind": 2}} {"final": {"alternatives": [{"text": "a"}]}}"#,
    ])
  func tolerance(stream: String) throws {
    #expect(try texts(stream) == ["a"])
  }

  @Test("analyses and summaries are read")
  func analyses() throws {
    let stream = #"""
      {"speakerAnalysis": {"speakerTag": "0", "windowType": "TOTAL", "wordsCount": "12", "speechRatio": "0.5",
        "wordsPerSecond": {"min": 1, "quantiles": [{"level": 0.5, "value": "2.5"}]}}}
      {"conversationAnalysis": {"speakerInterrupts": [{"speakerTag": "1", "interruptsCount": "2"}]}}
      {"classifierUpdate": {"windowType": "LAST_FINAL", "classifierResult": {"classifier": "negative", "labels": [{"label": "no", "confidence": 1}]}}}
      {"summarization": {"results": [{"response": "short"}], "contentUsage": {"totalTokens": "7"}}}
      """#
    let responses = try RecognitionResult.parse(Array(stream.utf8)).responses
    #expect(responses[0].speakerAnalysis.wordsPerSecond.quantiles.first?.value == 2.5)
    #expect(responses[1].conversationAnalysis.speakerInterrupts.first?.interruptsCount == 2)
    #expect(responses[2].classifierUpdate.classifierResult.labels.first?.label == "no")
    #expect(responses[3].summarization.results.first?.response == "short")
  }

  @Test("raw keeps every object with what is unknown in it, one a line")
  func raw() throws {
    let stream = "{\n  \"result\" : {\n \"new\": [ 1 , \"a  b\" ] } }\n{\"error\":{\"message\":\"x\"}}"
    let result = try RecognitionResult.parse(Array(stream.utf8))
    #expect(
      TranscriptFormat.raw.render(Transcript(result, model: "m"), result)
        == "{\"result\":{\"new\":[1,\"a  b\"]}}\n{\"error\":{\"message\":\"x\"}}\n")
  }

  @Test(
    "errors in the stream are kept, in each of their shapes",
    arguments: [
      (#"{"error": {"code": 5, "message": "gone", "details": [{"@type": "t/x", "a": 1}]}}"#, "5", "gone"),
      (#"{"error": {"grpcCode": 13, "httpCode": 500, "message": "broke", "httpStatus": "x"}}"#, "13", "broke"),
      (#"{"error": "plain"}"#, nil, "plain"), (#"{"error": {"odd": true}}"#, nil, #"{"odd":true}"#),
    ] as [(String, String?, String)])
  func errors(object: String, code: String?, message: String) throws {
    let stream = Self.final("good") + object + Self.final("more", index: "1")
    let result = try RecognitionResult.parse(Array(stream.utf8))
    #expect(result.failures == [RecognitionResult.Failure(code: code, message: message)])
    #expect(result.responses.count == 2)
  }

  @Test("nothing at all is a result without speech", arguments: ["", "\n \n", "{}"])
  func empty(stream: String) throws {
    #expect(try texts(stream) == [])
  }

  @Test(
    "what is broken is an error that says where",
    arguments: [
      (#"{"result": {"final": {"#, "break off"), (#"{"final": {"alternatives": [{"text": "a"#, "break off"),
      (#"{"a": 1} x"#, "byte 9"), ("[{}]", "byte 0"), ("{}}", "byte 2"), ("\"a\"", "byte 0"), ("{]", "no JSON"),
      (#"{"final": {"alternatives": [{"text": 5}]}}"#, "cannot be read"), ("{\"a\" 1}", "no JSON"),
      (String(repeating: "{\"a\":", count: 100_000), "nested"), (String(repeating: "{\"a\":[", count: 40), "nested"),
    ])
  func broken(stream: String, words: String) {
    #expect {
      try RecognitionResult.parse(Array(stream.utf8))
    } throws: {
      "\($0)".contains(words)
    }
  }

  @Test("no bytes whatever make it crash")
  func noise() throws {
    let seed = Array((#"{"result":"# + Self.final("раз \\u0031") + #"}{"error":{"code":1}}"#).utf8)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if let result = try? RecognitionResult.parse(bytes) {
        let transcript = Transcript(result, model: "m")
        for format in TranscriptFormat.allCases { _ = format.render(transcript, result) }
      }
    }
  }

  @Test("a refinement replaces the text of the final with its channel and index, and leaves the words' times")
  func refinements() throws {
    func final(_ channel: String, _ index: Int, _ text: String, _ start: Int) -> String {
      #"{"channelTag": "\#(channel)", "audioCursors": {"finalIndex": \#(index)}, "final": {"alternatives": [{"text": "\#(text)", "startTimeMs": \#(start), "endTimeMs": \#(start + 400), "words": [{"text": "\#(text)", "startTimeMs": \#(start), "endTimeMs": \#(start + 400)}]}], "channelTag": "\#(channel)"}}"#
    }
    func refinement(_ channel: String, _ index: Int, _ text: String) -> String {
      #"{"channelTag": "\#(channel)", "finalRefinement": {"finalIndex": "\#(index)", "normalizedText": {"alternatives": [{"text": "\#(text)", "startTimeMs": "9000", "endTimeMs": "9500"}], "channelTag": "\#(channel)"}}}"#
    }
    let stream =
      refinement("1", 1, "Early.") + final("0", 0, "zero", 1000) + final("1", 0, "one", 500)
      + refinement("0", 0, "Zero.")
      + final("1", 1, "early", 2000) + final("0", 1, "plain", 3000) + refinement("1", 7, "Alone.")
    let transcript = Transcript(try RecognitionResult.parse(Array(stream.utf8)), model: "general")
    #expect(transcript.utterances.map(\.text) == ["one", "Zero.", "Early.", "plain", "Alone."])
    #expect(transcript.utterances.map(\.channel) == ["1", "0", "1", "0", "1"])
    #expect(transcript.utterances[1].start == 1)
    #expect(transcript.utterances[1].words == [Transcript.Word(text: "zero", start: 1, end: 1.4)])
    #expect(transcript.channels == ["0", "1"])
  }

  @Test("finals without an index all stay, and refinements go to them in turn")
  func noIndices() throws {
    func final(_ text: String) -> String { #"{"final": {"alternatives": [{"text": "\#(text)"}]}}"# }
    func refinement(_ text: String) -> String {
      #"{"finalRefinement": {"normalizedText": {"alternatives": [{"text": "\#(text)"}]}}}"#
    }
    #expect(try texts(final("a") + refinement("A") + final("b") + refinement("B") + final("c")) == ["A", "B", "c"])
  }
}
