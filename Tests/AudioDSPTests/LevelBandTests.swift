import Foundation
import Testing

@testable import AudioDSP

@Suite("The band of a sound")
struct LevelBandTests {
  /// A tone at a share of the band, with a phase that is not special.
  private func tone(_ share: Double, amplitude: Double = 0.25) -> [Double] {
    (0..<BandMeter.pieceFrames).map { amplitude * sin(Double.pi * share * Double($0) + 0.3) }
  }

  private func upperEnd(_ pieces: [[Double]], channels: Int = 1) -> Double? {
    var meter = BandMeter(channels: channels)
    for piece in pieces { meter.add(piece.span) }
    return meter.upperEnd
  }

  @Test(arguments: [0.05, 0.3, 0.5, 0.8, 0.95])
  func `ends just above its highest tone`(share: Double) throws {
    let end = try #require(upperEnd([tone(share), tone(share / 2)]))
    #expect(end > share && end < share + 0.03)
  }

  @Test(arguments: 1...5)
  func `is that of all channels`(channels: Int) throws {
    for loud in 0..<channels {
      let samples = (0..<BandMeter.pieceFrames * channels).map { index in
        index % channels == loud ? tone(0.7)[index / channels] : tone(0.2)[index / channels]
      }
      let end = try #require(upperEnd([samples], channels: channels))
      #expect(end > 0.7 && end < 0.73)
    }
  }

  @Test
  func `is unknown without sound, whatever the mean`() {
    #expect(upperEnd([]) == nil)
    #expect(upperEnd([[Double](repeating: 0.5, count: BandMeter.pieceFrames)]) == nil)
    #expect(upperEnd([tone(0.5, amplitude: 0.001)]) == nil)
  }

  @Test
  func `leaves out what is 60 dB under the rest, and no more`() throws {
    for (level, isHeard) in [(0.0009, false), (0.0012, true)] {
      let mixed = zip(tone(0.2), tone(0.8)).map { $0 + level * $1 }
      #expect((try #require(upperEnd([mixed])) > 0.75) == isHeard)
    }
  }

  @Test
  func `holds out against numbers beyond all bounds`() {
    var wild = tone(0.2)
    wild[5] = .nan
    wild[6] = .infinity
    wild[7] = 1e308
    #expect(upperEnd([wild]) != nil)
  }

  @Test(arguments: [511, 512, 513, 1024, 40_000, 1_000_000, Int.max])
  func `is looked for in pieces that do not overlap, from end to end`(frames: Int) {
    let places = BandMeter.places(frames: frames)
    #expect(places.count == min(BandMeter.pieces, frames / BandMeter.pieceFrames))
    #expect(places.first == (frames < 512 ? nil : 0))
    for (place, next) in zip(places, places.dropFirst()) { #expect(next - place >= BandMeter.pieceFrames) }
    if places.count > 1 { #expect(places.last == frames - BandMeter.pieceFrames) }
  }
}
