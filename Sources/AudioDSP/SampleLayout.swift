/// How samples lie in a stream of bytes: interleaved frames of equal containers.
public struct SampleLayout: Sendable, Equatable {
  /// What the bits of a sample mean.
  public enum Coding: String, Sendable, CaseIterable {
    /// Offset binary: the middle of the range is silence, as in 8-bit WAVE.
    case unsignedInteger
    /// Two's complement, left-justified in its container.
    case signedInteger
    /// IEEE 754, in containers of 4 or 8 bytes.
    case float
    /// ITU-T G.711 A-law, in containers of 1 byte.
    case aLaw
    /// ITU-T G.711 µ-law, in containers of 1 byte.
    case muLaw
  }

  /// What the bits of a sample mean.
  public var coding: Coding
  /// Bytes in a sample's container, 1 to 8.
  public var bytesPerSample: Int
  /// Whether the most significant byte comes first.
  public var bigEndian: Bool
  /// Samples in a frame, at least 1.
  public var channels: Int

  /// Makes a layout; `nil` when the coding has no such container, or there is no channel.
  public init?(coding: Coding, bytesPerSample: Int, bigEndian: Bool = false, channels: Int) {
    let fits =
      switch coding {
      case .unsignedInteger, .signedInteger: (1...8).contains(bytesPerSample)
      case .float: bytesPerSample == 4 || bytesPerSample == 8
      case .aLaw, .muLaw: bytesPerSample == 1
      }
    guard fits, (1...65_535).contains(channels) else { return nil }
    self.coding = coding
    self.bytesPerSample = bytesPerSample
    self.bigEndian = bigEndian
    self.channels = channels
  }

  /// Bytes in a frame: the block align of a WAVE file.
  public var bytesPerFrame: Int { bytesPerSample * channels }
}
