import Foundation
import Testing
import WAVE

@Suite("Headers of written files") struct OutputHeaderTests {
  static let samples: [OutputHeader.Sample] = [
    .integer(bits: 16), .integer(bits: 24), .integer(bits: 32), .float32,
  ]

  @Test("say the same to our reader and to libsndfile, and nothing is wrong with them", arguments: samples, [1, 2, 5])
  func readBack(sample: OutputHeader.Sample, channels: Int) throws {
    let scratch = try Scratch()
    for frames in [1, 1001] {
      let header = OutputHeader(sample: sample, channels: channels, sampleRate: 44100, frames: Int64(frames))
      #expect(header.fileBytes == Int64(header.bytes.count) + header.dataBytes + header.padBytes)
      let file = header.bytes + [UInt8](repeating: 0, count: Int(header.fileBytes) - header.bytes.count)
      let inspection = WAVE.inspect(file)
      #expect(inspection.findings == [])
      #expect(inspection.header?.frames == UInt64(frames))
      #expect(inspection.header?.channels == channels)
      let reading = try Reading(try scratch.write(file, "a.wav"))
      #expect((reading.frames, reading.channels, reading.rate) == (frames, channels, 44100))
    }
  }

  @Test("of plain PCM are understood by Python's reader", arguments: [1, 2])
  func python(channels: Int) throws {
    let scratch = try Scratch()
    let header = OutputHeader(sample: .integer(bits: 16), channels: channels, sampleRate: 8000, frames: 99)
    let path = try scratch.write(header.bytes + [UInt8](repeating: 0, count: Int(header.dataBytes)), "a.wav")
    let script = "import sys, wave; print(*wave.open(sys.argv[1]).getparams()[:4])"
    #expect(try tool("python3", "-c", script, path) == "\(channels) 2 8000 99\n")
  }

  @Test(
    "count in 64 bits from 4 GB on, as libsndfile reads them, without a byte of samples on disk", arguments: samples)
  func large(sample: OutputHeader.Sample) throws {
    let scratch = try Scratch()
    let frames = Int64(UInt32.max) / Int64(sample.bytes) + 3
    let header = OutputHeader(sample: sample, channels: 1, sampleRate: 16000, frames: frames)
    #expect(header.isRF64)
    try scratch.write(header.bytes, "a.wav")
    try scratch.cut("a.wav", to: UInt64(header.fileBytes))
    let reading = try Reading(scratch("a.wav"), samples: false)
    #expect(reading.frames == Int(frames))
  }

  @Test("keep their size when the recording turns out shorter, and are plain ones again", arguments: samples)
  func shortened(sample: OutputHeader.Sample) throws {
    let scratch = try Scratch()
    var header = OutputHeader(sample: sample, channels: 2, sampleRate: 16000, frames: 1 << 32)
    let size = header.bytes.count
    header.shorten(to: 1000)
    #expect(!header.isRF64)
    #expect(header.bytes.count == size && header.count == size)
    let file = header.bytes + [UInt8](repeating: 0, count: Int(header.fileBytes) - size)
    let inspection = WAVE.inspect(file)
    #expect(inspection.findings == [])
    #expect(inspection.header?.data?.offset == UInt64(size))
    #expect(try Reading(try scratch.write(file, "a.wav")).frames == 1000)
  }

  @Test("turn to 64 bits exactly where 32 would overflow with room for them")
  func border() {
    var frames = (Int64(UInt32.max) - 8 - 72) / 2
    while !OutputHeader(sample: .integer(bits: 16), channels: 1, sampleRate: 8000, frames: frames).isRF64 {
      frames += 1
    }
    let last = OutputHeader(sample: .integer(bits: 16), channels: 1, sampleRate: 8000, frames: frames - 1)
    #expect(last.fileBytes - 8 <= Int64(UInt32.max))
    #expect(last.bytes.count == 44)
  }
}
