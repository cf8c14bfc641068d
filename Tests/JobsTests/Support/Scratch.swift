import Foundation

/// A folder that goes away with its test.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "wavprep-jobs-" + UUID().uuidString).path
    for part in ["", "/tmp", "/sandbox"] {
      try FileManager.default.createDirectory(atPath: path + part, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Where the pipeline's temporary files go.
  var temporary: String { path + "/tmp" }

  /// The names in a part of the folder, hidden ones too, sorted.
  func names(in part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self(part)).sorted()
  }

  /// Writes a file, making the folders above it; its path.
  @discardableResult
  func write(_ bytes: Data, _ name: String) throws -> String {
    let file = URL(filePath: self(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String { try write(Data(text.utf8), name) }

  func text(_ name: String) throws -> String { try String(contentsOfFile: self(name), encoding: .utf8) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }
}

/// A WAV file with a sawtooth: linear PCM of 16 bits, which the recogniser takes at 8, 16 and 48 kHz.
func wave(seconds: Double = 0.5, rate: Int = 16_000, channels: Int = 1) -> Data {
  let frames = Int(seconds * Double(rate))
  var bytes = Data("RIFF".utf8)
  func append<Field: FixedWidthInteger>(_ field: Field) {
    withUnsafeBytes(of: field.littleEndian) { bytes.append(contentsOf: $0) }
  }
  append(UInt32(36 + frames * channels * 2))
  bytes += Data("WAVEfmt ".utf8)
  append(UInt32(16))
  append(UInt16(1))
  append(UInt16(channels))
  append(UInt32(rate))
  append(UInt32(rate * channels * 2))
  append(UInt16(channels * 2))
  append(UInt16(16))
  bytes += Data("data".utf8)
  append(UInt32(frames * channels * 2))
  var samples: [Int16] = []
  samples.reserveCapacity(frames * channels)
  for frame in 0..<frames {
    for _ in 0..<channels { samples.append(Int16(frame % 41 - 20) * 400) }
  }
  samples.withUnsafeBytes { bytes.append(contentsOf: $0) }
  return bytes
}
