import Testing

@testable import AudioDSP

/// What is measured of whole files, against plain loops over all of their samples.
@Suite("Levels")
struct LevelFoldTests {
  @Test(arguments: TestLayout.all)
  func `are those of the samples, in every encoding`(layout: TestLayout) throws {
    for channels in [1, 2, 5] {
      let signal = Signal(frames: 1603, channels: channels, seed: channels)
      let bytes = layout.encode(signal.samples)
      let stored = layout.decode(bytes)
      for set in InstructionSet.available {
        let report = try measure(bytes, layout, channels: channels, set: set)
        #expect(report.frames == 1603)
        for channel in 0..<channels {
          let own = stride(from: channel, to: stored.count, by: channels).map { stored[$0] }
          #expect(report.channels[channel].minimum == own.min())
          #expect(report.channels[channel].maximum == own.max())
          #expect(isClose(report.channels[channel].mean, own.reduce(0, +) / 1603))
          #expect(isClose(report.channels[channel].power, own.sumOfSquares / 1603))
        }
      }
    }
  }

  @Test(arguments: TestLayout.all)
  func `are the same for blocks of any size and for both builds`(layout: TestLayout) throws {
    for channels in [1, 2, 3] {
      var signal = Signal(frames: 2611, channels: channels, seed: 7)
      signal.hurt()
      let bytes = layout.encode(signal.samples)
      let whole = try measure(bytes, layout, channels: channels, windows: nil)
      for windows in [1, 2, 3, 7] {
        for set in InstructionSet.available {
          #expect(try measure(bytes, layout, channels: channels, windows: windows, set: set) == whole)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 159, 160, 161, 480, 1000], [0, 1, 158, 159, 160, 4000])
  func `count runs at full scale across the borders of windows`(length: Int, start: Int) throws {
    var samples = [Double](repeating: 0.25, count: 8000)
    for frame in start..<start + length { samples[frame] = frame % 2 == 0 ? 32767.0 / 32768 : -1 }
    let report = try measure(TestLayout.int16.encode(samples), .int16, channels: 1, windows: 2)
    let isClipped = length >= 3
    #expect(report.channels[0].clippedSamples.count == (isClipped ? length : 0))
    #expect(report.channels[0].clippedSamples.first == (isClipped ? start : nil))
    #expect(report.channels[0].clippedRuns == (isClipped ? 1 : 0))
  }

  @Test(arguments: TestLayout.all)
  func `know full scale in every encoding`(layout: TestLayout) throws {
    var samples = [Double](repeating: 0.25, count: 1000)
    samples.replaceSubrange(100..<105, with: [Double](repeating: 1, count: 5))
    samples.replaceSubrange(200..<203, with: [Double](repeating: -1, count: 3))
    samples.replaceSubrange(300..<304, with: [Double](repeating: layout.belowRail, count: 4))
    let report = try measure(layout.encode(samples), layout, channels: 1)
    #expect(report.clippedSamples == .init(count: 8, first: 100))
    #expect(report.channels[0].clippedRuns == 2)
  }

  @Test
  func `know the full scale of the valid bits`() throws {
    let top = Double(2047 << 4) / 32768
    let bytes = TestLayout.int16.encode([0.25, top, top, top, 0.25])
    #expect(try measure(bytes, .int16, channels: 1).clippedSamples.count == 0)
    #expect(try measure(bytes, .int16, channels: 1, validBits: 12).clippedSamples.count == 3)
  }

  @Test(arguments: [TestLayout.float32, .float64])
  func `tell samples over full scale from clipped ones`(layout: TestLayout) throws {
    var samples = [Double](repeating: 0.25, count: 500)
    samples[321] = 1.5
    samples[322] = -2
    samples[323] = 1.25
    let report = try measure(layout.encode(samples), layout, channels: 1)
    #expect(report.overFullScale == .init(count: 3, first: 321))
    #expect(report.clippedSamples.count == 0)
    #expect(report.peak == 2)
  }

  @Test(arguments: [TestLayout.float32, .float64])
  func `count what is no number as zero`(layout: TestLayout) throws {
    var samples = [Double](repeating: 0.5, count: 2000)
    let cleaned = samples.indices.map { [400, 401, 1999].contains($0) ? 0 : 0.5 }
    samples[400] = .nan
    samples[401] = .infinity
    samples[1999] = -.infinity
    for channels in [1, 2, 4] {
      var report = try measure(layout.encode(samples), layout, channels: channels)
      #expect(report.nonFinite == .init(count: 3, first: 400 / channels))
      for channel in report.channels.indices { report.channels[channel].nonFinite = .init() }
      #expect(report == (try measure(layout.encode(cleaned), layout, channels: channels)))
    }
  }

  @Test
  func `stay finite for numbers beyond single precision`() throws {
    let samples = [1e300, -1e308, 0.5, .leastNonzeroMagnitude]
    let report = try measure(TestLayout.float64.encode(samples), .float64, channels: 1)
    #expect(report.peak == Double(Float.greatestFiniteMagnitude))
    #expect(report.power.isFinite)
  }

  @Test(arguments: [1, 2, 3, 6])
  func `tell channels that are alike to the last bit`(channels: Int) throws {
    for layout in TestLayout.all {
      let mono = Signal(frames: 1000, channels: 1, seed: 3).samples
      var bytes = layout.encode(mono.flatMap { Array(repeating: $0, count: channels) })
      #expect(try measure(bytes, layout, channels: channels).areChannelsIdentical == (channels > 1))
      // The lowest bit of the last sample, or one that a double holds.
      let place = layout.width == 8 && layout.coding == .signedInteger ? 2 : 0
      bytes[layout.bigEndian ? bytes.count - 1 - place : bytes.count - layout.width + place] ^= 1
      #expect(try !measure(bytes, layout, channels: channels).areChannelsIdentical)
    }
  }

  @Test(arguments: [2, 3, 4])
  func `know what a mix would keep`(channels: Int) throws {
    let signal = Signal(frames: 5000, channels: channels, seed: 11)
    let stored = TestLayout.float64.decode(TestLayout.float64.encode(signal.samples))
    var mix = 0.0
    for frame in 0..<5000 {
      let sum = stored[frame * channels..<(frame + 1) * channels].reduce(0, +)
      mix += sum * sum
    }
    let report = try measure(TestLayout.float64.encode(signal.samples), .float64, channels: channels)
    #expect(isClose(try #require(report.mixPower), mix / stored.sumOfSquares))
  }

  @Test
  func `count a window as silent by its level without its mean`() throws {
    // ±0.003 is −50.5 dBFS, ±0.0033 is −49.6; the mean of 0.5 does not count.
    for (amplitude, silence) in [(0.003, 0.5), (0.0033, 0.0)] {
      let quiet = (0..<800).map { 0.5 + ($0 % 2 == 0 ? amplitude : -amplitude) }
      let loud = (0..<800).map { Double($0 % 2) }
      let samples = quiet + loud
      #expect(try measure(TestLayout.float32.encode(samples), .float32, channels: 1).silence == silence)
    }
  }
}
