import Testing

@testable import Sandbox

@Suite("Speech")
struct SpeechTests {
  @Test("sound is what stands out of the background, with pauses between words bridged")
  func stretches() {
    var levels = [Double](repeating: 10, count: 1000)
    levels.replaceSubrange(100..<200, with: repeatElement(2000, count: 100))
    levels.replaceSubrange(230..<300, with: repeatElement(1500, count: 70))
    levels.replaceSubrange(500..<600, with: repeatElement(900, count: 100))
    levels[800] = 5000
    #expect(
      SoundDetector.stretches(levels) == [SoundStretch(start: 850, end: 3150), SoundStretch(start: 4850, end: 6150)])
  }

  @Test(
    "silence, dither and nothing have no sound",
    arguments: [[], [Double](repeating: 0, count: 500), [Double](repeating: 1, count: 500)])
  func noSound(levels: [Double]) {
    #expect(SoundDetector.stretches(levels).isEmpty)
  }

  @Test("speech without a pause is one stretch, however loud or quiet", arguments: [100.0, 1000, 20_000])
  func constantSound(level: Double) {
    let levels = (0..<500).map { level * ($0.isMultiple(of: 7) ? 0.3 : 1) }
    #expect(SoundDetector.stretches(levels) == [SoundStretch(start: 0, end: 5000)])
  }

  @Test("PocketSphinx's words are read with their times, fillers and numbers of pronunciations left out")
  func words() {
    let output = """
      hello how
      <s> 0.030 0.140 1.000000
      hello(2) 0.150 0.410 0.967728
      <sil> 0.420 0.500 0.9
      how 0.510 0.570 0.352071
      </s> 1.830 2.250 1.000000

      [NOISE] 3.000 3.100 0.5
      it's
      <s> 3.2 3.3 1.0
      it's 3.310 3.400 0.9
      'cause 3.410 3.500 0.8
      """
    #expect(
      PocketSphinx.utterances(output) == [
        Utterance(
          words: [Word(text: "hello", start: 150, end: 410), Word(text: "how", start: 510, end: 570)], start: 150,
          end: 570),
        Utterance(
          words: [Word(text: "it's", start: 3310, end: 3400), Word(text: "'cause", start: 3410, end: 3500)],
          start: 3310, end: 3500),
      ])
    #expect(PocketSphinx.utterances("").isEmpty)
  }

  @Test("percent-encoding keeps any bytes, and takes no half of a sequence")
  func percentCoding() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(percentDecoded(percentEncoded(bytes)) == bytes)
    #expect(percentEncoded("a-b._~/ +=é".utf8) == "a-b._~%2F%20%2B%3D%C3%A9")
    #expect(percentEncoded("a/b".utf8, keepingSlashes: true) == "a/b")
    for text in ["%", "%4", "%4g", "a%"] { #expect(percentDecoded(text) == nil) }
  }
}
