import CSndfile
import Foundation
import Testing

@testable import AudioDSP

/// A layout and the build that decodes it.
struct DecodeCase: CustomTestStringConvertible, Sendable {
  let layout: SampleLayout
  let set: InstructionSet

  var testDescription: String {
    "\(layout.coding.rawValue) × \(layout.bytesPerSample) \(layout.bigEndian ? "BE" : "LE"), "
      + "\(layout.channels) channels, \(set.rawValue)"
  }

  static let all: [DecodeCase] = InstructionSet.available.flatMap { set in
    [1, 2, 3, 6].flatMap { channels in
      [false, true].flatMap { bigEndian in
        SampleLayout.Coding.allCases.flatMap { coding in
          (0...9).compactMap { width in
            SampleLayout(coding: coding, bytesPerSample: width, bigEndian: bigEndian, channels: channels)
              .map { DecodeCase(layout: $0, set: set) }
          }
        }
      }
    }
  }
}

@Suite("The decoder")
struct SampleDecoderTests {
  @Test("gives each sample as its definition says, from any alignment and of any number", arguments: DecodeCase.all)
  func definition(decode: DecodeCase) {
    let layout = decode.layout
    let decoder = SampleDecoder(layout, instructionSet: decode.set)
    for (frames, start, offset) in [(0, 0, 0), (1, 1, 0), (7, 0, 3), (8, 3, 1), (9, 1, 0), (67, 1, 5)] {
      let bytes = Self.bytes(layout, frames: frames, start: start)
      var buffer = PlanarBuffer(channels: layout.channels, capacity: frames + offset + 1)
      let span = bytes.span.bytes.extracting(start..<bytes.count)
      decoder.decode(span, frames: frames, into: &buffer, at: offset)
      for channel in 0..<layout.channels {
        let samples = buffer.span(channel: channel)
        for frame in 0..<frames {
          let place = start + frame * layout.bytesPerFrame + channel * layout.bytesPerSample
          let expected = Self.sample(layout, bytes[place..<place + layout.bytesPerSample])
          #expect(samples[frame + offset].bitPattern == expected.bitPattern)
        }
        #expect(samples[frames + offset] == 0)
      }
    }
  }

  /// Random bytes, then both ends of every range, NaN and infinity among the floats.
  private static func bytes(_ layout: SampleLayout, frames: Int, start: Int) -> [UInt8] {
    var random = Random(UInt64(frames))
    var bytes = (0..<start + frames * layout.bytesPerFrame).map { _ in UInt8.random(in: 0...255, using: &random) }
    let extremes: [[UInt8]] = [
      Array(repeating: 0, count: 8), Array(repeating: 255, count: 8), [0, 0, 0, 0, 0, 0, 0, 0x80],
      [255, 255, 255, 255, 255, 255, 255, 0x7F], [0, 0, 0, 0, 0, 0, 0xF0, 0x7F],
    ]
    for (index, extreme) in extremes.enumerated() where index < frames {
      let sample = Array(extreme.suffix(layout.bytesPerSample))
      let place = start + index * layout.bytesPerFrame
      bytes.replaceSubrange(
        place..<place + layout.bytesPerSample, with: layout.bigEndian ? sample.reversed() : sample)
    }
    return bytes
  }

  /// The definition, in exact arithmetic up to one rounding.
  private static func sample(_ layout: SampleLayout, _ bytes: ArraySlice<UInt8>) -> Float {
    let word = (layout.bigEndian ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let bits = 8 * layout.bytesPerSample
    let half = UInt64(1) << (bits - 1)
    switch layout.coding {
    case .unsignedInteger, .signedInteger:
      let raised = layout.coding == .signedInteger ? word ^ half : word
      let value = Int64(bitPattern: raised &- half)
      return Float(value) / Float(half)
    case .float:
      return layout.bytesPerSample == 4
        ? Float(bitPattern: UInt32(word)) : Float(Double(bitPattern: word))
    case .aLaw: return Companding.aLaw[Int(word)]
    case .muLaw: return Companding.muLaw[Int(word)]
    }
  }

  @Test("knows G.711 as libsndfile does", arguments: [SampleLayout.Coding.aLaw, .muLaw])
  func companding(coding: SampleLayout.Coding) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "wavprep-\(UUID().uuidString).raw")
    try Data(0...255).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let file = try FileHandle(forReadingFrom: url)
    var info = SF_INFO()
    info.samplerate = 8_000
    info.channels = 1
    info.format = Int32(SF_FORMAT_RAW | (coding == .aLaw ? SF_FORMAT_ALAW : SF_FORMAT_ULAW))
    let sound = try #require(sf_open_fd(file.fileDescriptor, Int32(SFM_READ), &info, 0))
    defer { sf_close(sound) }
    var expected = [Float](repeating: 9, count: 256)
    #expect(sf_readf_float(sound, &expected, 256) == 256)
    #expect((coding == .aLaw ? Companding.aLaw : Companding.muLaw) == expected)
  }

  @Test("has no layout for containers that a coding does not have")
  func layouts() {
    #expect(SampleLayout(coding: .signedInteger, bytesPerSample: 0, channels: 1) == nil)
    #expect(SampleLayout(coding: .signedInteger, bytesPerSample: 9, channels: 1) == nil)
    #expect(SampleLayout(coding: .float, bytesPerSample: 2, channels: 1) == nil)
    #expect(SampleLayout(coding: .aLaw, bytesPerSample: 2, channels: 1) == nil)
    #expect(SampleLayout(coding: .float, bytesPerSample: 4, channels: 0) == nil)
  }
}
