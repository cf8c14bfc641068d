import WAVE

/// What became of one file.
public struct NormalizeReport: Sendable {
  /// The input, as the user named it.
  public var input: String
  /// The file that was written.
  public var output: String
  /// False where the input fitted already and was copied bit for bit.
  public var changed: Bool
  /// What was done, in order, as in `rate 48000→16000 (polyphase)`.
  public var steps: [String]
  /// What the output is.
  public var format: OutputHeader
  /// Samples of the output that were beyond full scale.
  public var clippedSamples: Int
  /// The output's digest in hexadecimal; nil where nobody asked for it.
  public var sha256: String?
  /// What is wrong with the input, and with what had to be done.
  public var findings: [Finding]
}

extension NormalizeReport {
  /// The report as the object that `--json` prints, keys in the contract's order.
  public var json: JSON {
    .object([
      ("input", .string(input)),
      ("output", .string(output)),
      ("changed", .bool(changed)),
      ("steps", .array(steps.map { .string($0) })),
      ("format", FormatSummary(format).json),
      ("clippedSamples", .integer(clippedSamples)),
      ("sha256", sha256.map { .string($0) } ?? .null),
      ("findings", .array(findings.map(\.json))),
    ])
  }
}

extension FormatSummary {
  /// The format of a file that was written.
  init(_ header: OutputHeader) {
    self.init(
      container: header.isRF64 ? .rf64 : .riff, encoding: header.sample.encoding, sampleRate: header.sampleRate,
      channels: header.channels, bitsPerSample: header.sample.bytes * 8, frames: UInt64(header.frames),
      duration: Double(header.frames) / Double(header.sampleRate), dataOffset: UInt64(header.count),
      dataBytes: UInt64(header.dataBytes))
  }
}

extension OutputHeader.Sample {
  /// FFmpeg's name of the encoding.
  var encoding: String {
    switch self {
    case .integer(let bits): "pcm_s\(bits)le"
    case .float32: "pcm_f32le"
    }
  }
}
