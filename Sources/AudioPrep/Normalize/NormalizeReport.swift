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
