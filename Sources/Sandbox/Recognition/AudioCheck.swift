import AudioPrep
import WAVE

/// What the recogniser takes: the service's limits, tested on a header.
enum AudioCheck {
  /// The largest file, in bytes.
  static let byteLimit: UInt64 = 1_000_000_000
  /// The longest audio in seconds, all channels together.
  static let durationLimit: Double = 4 * 3600
  /// The rates in hertz.
  static let sampleRates: Set<Int> = [8_000, 16_000, 48_000]

  /// The header of a WAV file that can be recognised.
  ///
  /// - Throws: INVALID_ARGUMENT where the service would refuse the audio.
  static func header(of path: String, labelsSpeakers: Bool) throws -> WaveHeader {
    let file = try InputFile(path)
    guard file.byteCount <= byteLimit else { throw refusal("the audio has more than \(byteLimit) bytes") }
    let inspection = try inspect(file)
    if let finding = inspection.findings.first(where: { $0.severity == .error }) {
      throw refusal("the audio is no valid WAV: \(finding.id.rawValue): \(finding.message)")
    }
    guard let header = inspection.header, let duration = header.duration else {
      throw refusal("the audio is no valid WAV")
    }
    guard header.container == .riff, header.encoding.name == "pcm_s16le" else {
      throw refusal("the audio is \(header.encoding.name) in \(header.container.rawValue), not 16-bit PCM in RIFF")
    }
    guard sampleRates.contains(header.sampleRate) else {
      throw refusal("the sample rate is \(header.sampleRate) Hz, not 8000, 16000 or 48000 Hz")
    }
    guard duration * Double(header.channels) <= durationLimit else {
      throw refusal("the audio lasts more than 4 hours over all channels")
    }
    guard !labelsSpeakers || header.channels == 1 else {
      throw refusal("speaker labeling works on mono only, and the audio has \(header.channels) channels")
    }
    return header
  }

  private static func refusal(_ message: String) -> ServiceError { ServiceError(.invalidArgument, message) }
}
