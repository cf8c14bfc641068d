import AudioPrep
import WAVE

/// One channel of a recording as the recogniser wants it: 16 kHz mono 16-bit samples in a file without a header,
/// with zeros for everything that is no sound.
///
/// The zeros matter: PocketSphinx takes the noise before the first word for the loudness of speech, and then hears
/// nonsense in a channel whose speaker is the second to speak.
struct ChannelAudio: Sendable {
  /// The file of samples.
  var path: String
  /// Where the sound is.
  var stretches: [SoundStretch]

  /// Hertz.
  static let sampleRate = 16_000
  private static let bytesPerWindow = 2 * sampleRate * SoundDetector.window / 1000

  /// Brings a channel of a WAV file into this form. Blocks.
  init(
    channel: Int, of source: String, scratch: String, isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    var options = NormalizeOptions()
    options.rate = .hertz(Self.sampleRate)
    options.channels = .select([channel])
    // Requests are to be answered meanwhile.
    options.threads = 1
    var normalizer = Normalizer(options)
    normalizer.replacesOutput = true
    normalizer.isCancelled = isCancelled
    _ = try normalizer.normalize(source, to: scratch + ".wav")

    let file = try InputFile(scratch + ".wav")
    guard let header = try inspect(file).header, let offset = header.dataOffset else {
      throw ServiceError(.internalError, "the normalized audio has no samples")
    }
    let samples = offset..<offset + header.dataBytes
    path = scratch + ".samples"
    stretches = SoundDetector.stretches(try Self.levels(file, samples))
    try copySound(of: file, samples)
  }

  /// The RMS of each window, in 16-bit steps.
  private static func levels(_ file: InputFile, _ samples: Range<UInt64>) throws -> [Double] {
    var levels: [Double] = []
    var position = samples.lowerBound
    while position < samples.upperBound {
      let count = min(UInt64(bytesPerWindow * 256), samples.upperBound - position)
      let bytes = try file.read(Int(count), at: position)
      guard !bytes.isEmpty else { break }
      position += UInt64(bytes.count)
      for start in stride(from: 0, to: bytes.count, by: bytesPerWindow) {
        levels.append(level(bytes[start..<min(start + bytesPerWindow, bytes.count)]))
      }
    }
    return levels
  }

  /// The RMS of little-endian samples.
  private static func level(_ bytes: ArraySlice<UInt8>) -> Double {
    var sum = 0.0
    for index in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
      let sample = Double(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
      sum += sample * sample
    }
    return (sum / Double(max(1, bytes.count / 2))).squareRoot()
  }

  /// Writes the sound to its places in a file that is zeros elsewhere.
  private func copySound(of file: InputFile, _ samples: Range<UInt64>) throws {
    let output = try AtomicFile(path, replaces: true)
    try output.truncate(to: Int64(samples.count))
    for stretch in stretches {
      let bytesPerMillisecond = UInt64(2 * Self.sampleRate / 1000)
      let end = min(UInt64(stretch.end) * bytesPerMillisecond, UInt64(samples.count))
      var position = UInt64(stretch.start) * bytesPerMillisecond
      while position < end {
        let bytes = try file.read(Int(min(1 << 16, end - position)), at: samples.lowerBound + position)
        guard !bytes.isEmpty else { return try output.commit() }
        try output.write(bytes, at: Int64(position))
        position += UInt64(bytes.count)
      }
    }
    try output.commit()
  }
}
