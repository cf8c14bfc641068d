import Testing

@testable import AudioDSP

/// Where gaps are seen, at 16 kHz: 20 ms are 320 frames, and a window is 160.
@Suite("Dropouts")
struct LevelDropoutTests {
  /// A tone with zeros from `start` on.
  private func tone(_ zeros: Range<Int>, amplitude: Double = 0.5, count: Int = 8000) -> [Double] {
    // A quarter of the rate, an eighth of a turn late: it never crosses zero at a sample.
    (0..<count).map { zeros.contains($0) ? 0 : amplitude * ($0 / 2 % 2 == 0 ? 0.7 : -0.7) }
  }

  @Test(arguments: [0, 1, 79, 159])
  func `are 20 ms at least, wherever windows begin`(start: Int) throws {
    for (length, count) in [(319, 0), (320, 1), (321, 1), (1000, 1)] {
      let zeros = 3200 + start..<3200 + start + length
      for windows in [1, 2, 50] {
        let bytes = TestLayout.int16.encode(tone(zeros))
        let report = try measure(bytes, .int16, channels: 1, windows: windows)
        #expect(report.channels[0].dropouts == .init(count: count, first: count > 0 ? zeros.lowerBound : nil))
        #expect(report.channels[0].longestDropout == (count > 0 ? length : 0))
      }
    }
  }

  @Test
  func `are inside sound, not at its ends`() throws {
    for zeros in [0..<1000, 7000..<8000, 0..<8000] {
      let report = try measure(TestLayout.int16.encode(tone(zeros)), .int16, channels: 1)
      #expect(report.channels[0].dropouts.count == 0)
    }
  }

  @Test
  func `are cut out of sound, not pauses that it fades into`() throws {
    // −40 dBFS is 0.01.
    for (amplitude, count) in [(0.0147, 1), (0.0137, 0)] {
      let report = try measure(
        TestLayout.float32.encode(tone(3000..<4000, amplitude: amplitude)), .float32, channels: 1)
      #expect(report.channels[0].dropouts.count == count)
    }
    var faded = tone(3000..<4000)
    for frame in 2500..<3000 { faded[frame] *= 0.001 }
    #expect(try measure(TestLayout.float32.encode(faded), .float32, channels: 1).channels[0].dropouts.count == 0)
  }

  @Test
  func `are counted channel by channel`() throws {
    let left = tone(1000..<2000)
    var right = tone(5000..<5400)
    for frame in 6000..<6400 { right[frame] = 0 }
    let report = try measure(
      TestLayout.int16.encode(zip(left, right).flatMap { [$0, $1] }), .int16, channels: 2)
    #expect(report.channels.map(\.dropouts.count) == [1, 2])
    #expect(report.channels.map(\.dropouts.first) == [1000, 5000])
  }

  @Test
  func `are seen in A-law, whose silence is no zero`() throws {
    let report = try measure(TestLayout.aLaw.encode(tone(1000..<2000)), .aLaw, channels: 1)
    #expect(report.channels[0].dropouts == .init(count: 1, first: 1000))
  }
}
