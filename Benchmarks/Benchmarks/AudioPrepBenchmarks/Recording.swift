import Foundation
import WAVE

/// A minute of 48 kHz stereo noise in a folder of its own, removed with this value.
final class Recording {
  /// How its samples are stored.
  enum Encoding: String, CaseIterable {
    case pcm16 = "16-bit"
    case pcm24 = "24-bit"
    case float32 = "float32"
  }

  private let folder: URL

  /// Where the recording is.
  var path: String { folder.appending(path: "input.wav").path }
  /// Where something made of it may go.
  var outputPath: String { folder.appending(path: "output.wav").path }

  /// Writes the recording.
  init(_ encoding: Encoding) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "wavprep-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let frames = 60 * 48_000
    let header = OutputHeader(sample: encoding.sample, channels: 2, sampleRate: 48_000, frames: Int64(frames))
    try Data(header.bytes + encoding.noise(frames * 2)).write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

extension Recording.Encoding {
  fileprivate var sample: OutputHeader.Sample {
    switch self {
    case .pcm16: .integer(bits: 16)
    case .pcm24: .integer(bits: 24)
    case .float32: .float32
    }
  }

  /// The bytes of reproducible noise, 12 dB below full scale.
  fileprivate func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    let size = sample.bytes
    return [UInt8](unsafeUninitializedCapacity: count * size) { bytes, filled in
      for index in 0..<count {
        state = state &* 1_664_525 &+ 1_013_904_223
        let value = Int32(bitPattern: state) >> 2
        let bits = self == .float32 ? (Float(value) * 0x1p-31).bitPattern : UInt32(bitPattern: value)
        for byte in 0..<size {
          bytes[index * size + byte] = UInt8(truncatingIfNeeded: bits >> UInt32(8 * (byte + 4 - size)))
        }
      }
      filled = count * size
    }
  }
}
