import Foundation
import Testing

@testable import SpeechKit

@Suite("Transcripts in their forms")
struct TranscriptFormatTests {
  private func render(_ format: TranscriptFormat, _ utterances: [Transcript.Utterance]) throws -> String {
    let transcript = Transcript(
      path: "a.wav", operationID: "op", model: "general", duration: 12.5, utterances: utterances)
    return format.render(transcript, try RecognitionResult.parse([]))
  }

  private func utterance(
    _ text: String, _ start: Double, _ end: Double, channel: String = "0", words: [Transcript.Word] = []
  ) -> Transcript.Utterance {
    Transcript.Utterance(channel: channel, start: start, end: end, text: text, words: words)
  }

  /// Words of a length in seconds each, with pauses as long.
  private func words(_ texts: [String], each seconds: Double) -> [Transcript.Word] {
    texts.enumerated().map { index, text in
      Transcript.Word(text: text, start: Double(index) * 2 * seconds, end: Double(index) * 2 * seconds + seconds)
    }
  }

  @Test("two channels are named and in time order")
  func channels() throws {
    let utterances = [
      utterance("Hi & <bye>.", 2, 3, channel: "1"), utterance("Hello.", 0.5, 1.25), utterance("Same time.", 2, 2.5),
    ]
    #expect(try render(.txt, utterances) == "[0] Hello.\n[0] Same time.\n[1] Hi & <bye>.\n")
    #expect(
      try render(.srt, utterances) == """
        1
        00:00:00,500 --> 00:00:01,250
        [0] Hello.

        2
        00:00:02,000 --> 00:00:02,500
        [0] Same time.

        3
        00:00:02,000 --> 00:00:03,000
        [1] Hi & <bye>.


        """)
    #expect(
      try render(.vtt, utterances) == """
        WEBVTT

        00:00:00.500 --> 00:00:01.250
        <v Channel 0>Hello.

        00:00:02.000 --> 00:00:02.500
        <v Channel 0>Same time.

        00:00:02.000 --> 00:00:03.000
        <v Channel 1>Hi &amp; &lt;bye&gt;.


        """)
  }

  @Test("JSON has the contract's keys, and any text comes back from it")
  func json() throws {
    let text = "quote \" slash \\ tab \t null \u{0} line \u{2028} emoji 😀"
    let rendered = try render(
      .json,
      [
        utterance(text, 0, 7.4, words: [Transcript.Word(text: "a", start: 0.46, end: 0.52)]),
        utterance("b", 8, 9, channel: "1"),
      ])
    let answer = try Tool.python(
      """
      import sys, json
      data = sys.stdin.buffer.read().decode()
      assert data.count('\\n') <= 4 and data.endswith('}\\n')
      value = json.loads(data)
      assert list(value) == ['path', 'operationId', 'model', 'duration', 'text', 'utterances'], list(value)
      first = value['utterances'][0]
      assert list(first) == ['channel', 'start', 'end', 'text', 'words']
      assert first['words'] == [{'text': 'a', 'start': 0.46, 'end': 0.52}], first
      assert (first['channel'], first['start'], first['end'], value['duration']) == ('0', 0.0, 7.4, 12.5)
      assert value['text'] == first['text'] + '\\nb'
      print(first['text'], end='')
      """, input: Array(rendered.utf8))
    #expect(answer == text)
  }

  @Test("silence is a transcript too")
  func empty() throws {
    #expect(try render(.txt, []) == "")
    #expect(try render(.srt, []) == "")
    #expect(try render(.vtt, []) == "WEBVTT\n\n")
    #expect(try render(.json, []).contains("\"text\": \"\", \"utterances\": []"))
    #expect(try render(.raw, []) == "")
  }

  @Test(
    "times are written in full",
    arguments: [
      (0, "00:00:00,000"), (1.0005, "00:00:01,001"), (59.9996, "00:01:00,000"), (3_661.5, "01:01:01,500"),
      (360_000, "100:00:00,000"),
      (-5, "00:00:00,000"), (.infinity, "99999:00:00,000"), (9.2e15, "99999:00:00,000"),
    ])
  func times(seconds: Double, expected: String) {
    #expect(Subtitles.time(seconds, fraction: ",") == expected)
  }

  @Test("long utterances become cues of at most two lines, 42 characters and seven seconds", arguments: ["0", "12"])
  func splitting(channel: String) throws {
    let texts = (0..<120).map { "слово\($0)" }
    let long = utterance(texts.joined(separator: " "), 0, 120, channel: channel, words: words(texts, each: 0.5))
    let transcript = Transcript(model: "m", duration: 120, utterances: [long, utterance("x", 121, 122, channel: "2")])
    let cues = Cue.cues(of: transcript) { "[\($0)] " }
    #expect(cues.count > 10)
    var last = 0.0
    for cue in cues {
      #expect(cue.lines.count <= 2)
      #expect(cue.lines.allSatisfy { $0.count <= 42 })
      #expect(cue.end - cue.start <= 7)
      #expect(cue.start >= last)
      last = cue.end
    }
    let shown = cues.dropLast().map { $0.lines.joined(separator: " ").replacing("[\(channel)] ", with: "") }
    #expect(shown.joined(separator: " ") == texts.joined(separator: " "))
    // Word times, not shares of the utterance: the second cue begins where its first word does.
    let first = try #require(cues.first?.lines.joined(separator: " ").split(separator: " ").count)
    #expect(cues[1].start == Double(first - 1))
  }

  @Test("refined text with other words than were recognised gets their times in proportion")
  func refined() {
    let spoken = words(["двадцать", "пять", "рублей"], each: 1)
    let timed = TimedText.words(of: utterance("25 рублей.", 0, 5, words: spoken), longest: 42)
    #expect(timed.map(\.text) == ["25", "рублей."])
    #expect(timed.first?.start == 0)
    #expect(timed.last?.end == 5)
    let without = TimedText.words(of: utterance("aa bb", 2, 6), longest: 42)
    #expect(without == [TimedText(text: "aa", start: 2, end: 4), TimedText(text: "bb", start: 4, end: 6)])
  }

  @Test("lines, control characters and endless words of the service break no form")
  func hostile() throws {
    let text = "one\n\n2\n00:00:00,000 --> 00:00:01,000\u{1B}[31m \u{85}" + String(repeating: "x", count: 300)
    let utterances = [utterance(text, 1, 0, channel: "a\nb\u{7}<c>"), utterance("y", 1e300, -.infinity, channel: "1")]
    for format in TranscriptFormat.allCases {
      let rendered = try render(format, utterances)
      #expect(!rendered.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x1B })
    }
    let blocks = try render(.srt, utterances).split(separator: "\n\n")
    for (index, block) in blocks.enumerated() {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.first == "\(index + 1)")
      #expect((3...4).contains(lines.filter { !$0.isEmpty }.count))
      #expect(lines.dropFirst(2).allSatisfy { $0.count <= 42 })
    }
  }

  @Test("ffmpeg reads the subtitles as they were meant", arguments: [TranscriptFormat.srt, .vtt])
  func peers(format: TranscriptFormat) throws {
    let folder = try TemporaryFolder()
    let texts = (0..<40).map { "word\($0)" }
    let rendered = try render(
      format,
      [
        utterance(texts.joined(separator: " "), 0, 40, words: words(texts, each: 0.5)),
        utterance("5 < 6 & 7 > 3", 41, 42),
      ])
    let path = try folder.write(Array(rendered.utf8), to: "a.\(format.fileExtension)")
    let read = try Tool.run(["ffmpeg", "-v", "error", "-i", path, "-f", "webvtt", "-"])
    let text = String(decoding: read, as: UTF8.self)
    #expect(
      text.split(separator: "\n").filter { $0.contains("-->") }.count
        == rendered.split(separator: "\n").filter { $0.contains("-->") }.count)
    #expect(text.contains("word39"))
  }
}
