import Testing
import WAVE

@testable import AudioPrep

/// A sound file of any length whose samples are never read.
struct LongFile: ByteSource {
  var header: [UInt8]
  var byteCount: UInt64

  init(rate: UInt32, channels: UInt16, bits: UInt16 = 16, frames: UInt64) {
    let align = channels * (bits / 8)
    let dataBytes = frames * UInt64(align)
    header =
      Array("RIFF".utf8) + LongFile.little(UInt32(dataBytes + 36)) + Array("WAVEfmt ".utf8)
      + LongFile.little(UInt32(16)) + LongFile.little(UInt16(1)) + LongFile.little(channels) + LongFile.little(rate)
    header += LongFile.little(rate * UInt32(align)) + LongFile.little(align) + LongFile.little(bits)
    header += Array("data".utf8) + LongFile.little(UInt32(dataBytes))
    byteCount = dataBytes + 44
  }

  func read(_ count: Int, at offset: UInt64) throws(Never) -> [UInt8] { header.read(count, at: offset) }

  private static func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

@Suite("The recogniser's limits") struct LimitTests {
  private func ids(_ file: LongFile, inline: Bool = false) -> [Finding.ID] {
    Checker(options: .init(inline: inline)).check(file, path: "long.wav").findings.map(\.id)
  }

  @Test("are 8, 16 and 48 kHz", arguments: [UInt32(8000), 16000, 48000, 11025, 22050, 32000, 44100, 96000])
  func rates(rate: UInt32) {
    let isTaken = [8000, 16000, 48000].contains(rate)
    #expect(ids(LongFile(rate: rate, channels: 1, frames: 100)) == (isTaken ? [] : [.sampleRateUnsupported]))
  }

  @Test("are 16 bits", arguments: [UInt16(8), 16, 24, 32])
  func bits(bits: UInt16) {
    #expect(
      ids(LongFile(rate: 8000, channels: 1, bits: bits, frames: 100)) == (bits == 16 ? [] : [.encodingUnsupported]))
  }

  @Test("are 4 hours over all channels, to the frame", arguments: [UInt16(1), 2, 4])
  func hours(channels: UInt16) {
    let most = 4 * 3600 * 8000 / UInt64(channels)
    #expect(!ids(LongFile(rate: 8000, channels: channels, frames: most)).contains(.durationLimit))
    #expect(ids(LongFile(rate: 8000, channels: channels, frames: most + 1)).contains(.durationLimit))
  }

  @Test("are 10^9 bytes") func size() {
    let most: UInt64 = (1_000_000_000 - 44) / 2
    #expect(!ids(LongFile(rate: 48000, channels: 1, frames: most)).contains(.sizeLimit))
    #expect(ids(LongFile(rate: 48000, channels: 1, frames: most + 1)).contains(.sizeLimit))
  }

  @Test("are 44 MB inside a request, an error only where that is meant") func inlineSize() throws {
    let fits = LongFile(rate: 16000, channels: 1, frames: (44_000_000 - 44) / 2)
    let large = LongFile(rate: 16000, channels: 1, frames: (44_000_000 - 44) / 2 + 1)
    #expect(ids(fits, inline: true).isEmpty)
    #expect(Checker().check(large, path: "a").verdict == .pass)
    #expect(ids(large) == [.inlineLimit])
    #expect(Checker(options: .init(inline: true)).check(large, path: "a").verdict == .fail)
  }

  @Test("charge an odd channel", arguments: [(UInt16(1), false), (2, false), (3, true), (4, false), (5, true)])
  func oddChannels(channels: UInt16, isCharged: Bool) {
    #expect(ids(LongFile(rate: 16000, channels: channels, frames: 100)).contains(.channelsBilling) == isCharged)
  }

  @Test(
    "bill as the service's table says",
    arguments: [
      (1.0, 1, 15), (1.0, 2, 15), (1.0, 3, 30), (15.5, 2, 16), (15.5, 4, 32), (15.0, 1, 15), (3600.0, 2, 3600),
    ])
  func billing(seconds: Double, channels: UInt16, billed: UInt64) {
    let file = LongFile(rate: 8000, channels: channels, frames: UInt64(seconds * 8000))
    #expect(Checker().check(file, path: "a").billing?.seconds == billed)
  }

  @Test("bill a further second for a further frame") func roundingUp() {
    #expect(Billing(frames: 16000 * 20, sampleRate: 16000, channels: 2)?.seconds == 20)
    #expect(Billing(frames: 16000 * 20 + 1, sampleRate: 16000, channels: 2)?.seconds == 21)
    #expect(Billing(frames: .max, sampleRate: 1, channels: 65535)?.seconds == .max)
    #expect(Billing(frames: 0, sampleRate: 16000, channels: 1) == nil)
  }
}
