/// How the samples of an uncompressed encoding lie in the data chunk: frame after frame, and in each frame a
/// sample for each channel.
public struct PCMLayout: Sendable, Hashable {
  /// How a sample's bits are a number.
  public enum Coding: Sendable, Hashable {
    /// Integers whose silence is half of full scale; one byte a sample.
    case unsignedInteger
    /// Two's complement, the valid bits in the highest places; one to eight bytes a sample.
    case signedInteger
    /// IEEE 754, full scale ±1; four or eight bytes a sample.
    case float
    /// ITU-T G.711 A-law; one byte a sample.
    case aLaw
    /// ITU-T G.711 µ-law; one byte a sample.
    case muLaw
  }

  /// How a sample's bits are a number.
  public var coding: Coding
  /// Bytes of a sample, 1...8.
  public var bytesPerSample: Int
  /// Whether a sample's highest byte comes first.
  public var bigEndian: Bool
  /// Samples of a frame, 1...65535.
  public var channels: Int

  /// Makes a layout.
  public init(coding: Coding, bytesPerSample: Int, bigEndian: Bool, channels: Int) {
    self.coding = coding
    self.bytesPerSample = bytesPerSample
    self.bigEndian = bigEndian
    self.channels = channels
  }

  /// Bytes of a frame.
  public var bytesPerFrame: Int { bytesPerSample * channels }
}
