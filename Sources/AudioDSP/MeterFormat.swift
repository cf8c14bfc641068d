/// How samples lie in a file, as far as measuring them needs to know.
public struct MeterFormat: Sendable, Equatable {
  /// The most channels that are measured: it keeps memory constant, and a header that claims more is damaged.
  public static let channelLimit = 1024

  /// How a frame's bytes lie.
  public let layout: SampleLayout
  /// Frames a second, at least 1.
  public let sampleRate: Int
  /// Frames of a window, a multiple of 16: about 10 ms, which is the finest grain of what is said about time.
  ///
  /// Windows start at multiples of this from the file's first frame, whatever the blocks they are read in.
  public let windowFrames: Int
  /// The magnitude from which a sample counts as being at full scale.
  public let rail: Double
  /// The largest magnitude that counts as digital zero.
  public let zero: Double

  /// Describes samples; nil for no sample rate and for more channels than ``channelLimit``.
  ///
  /// - Parameter validBits: how many of an integer's bits carry something; the others are its lowest.
  public init?(_ layout: SampleLayout, sampleRate: Int, validBits: Int) {
    guard sampleRate > 0, layout.channels <= MeterFormat.channelLimit else { return nil }
    self.layout = layout
    self.sampleRate = sampleRate
    // Rounded down, so that a dropout of 20 ms always covers a whole window. The bounds keep a window's work and
    // memory small for rates and channel counts that only damaged headers have.
    let longest = min(8192, 65_536 / layout.channels)
    windowFrames = max(16, min(sampleRate / 100, longest) & ~15)
    rail = MeterFormat.rail(layout.coding, validBits: validBits)
    // A-law has no code for zero: its silence is the code next to it, 8 of 32768.
    zero = layout.coding == .aLaw ? 0x1p-12 : 0
  }

  /// The last step before full scale, as wide as the samples resolve but no finer than 16 bits.
  ///
  /// Symmetric converters stop at 32767 on both sides, and a 24-bit or floating-point copy of such audio keeps that
  /// value; so 32767 ÷ 32768 is full scale in whatever encoding. G.711's loudest codes are ±32124 and ±32256.
  private static func rail(_ coding: SampleLayout.Coding, validBits: Int) -> Double {
    switch coding {
    case .muLaw: return 32_124.0 / 32_768
    case .aLaw: return 32_256.0 / 32_768
    case .float: return 1 - 0x1p-15
    case .unsignedInteger, .signedInteger:
      let bits = max(8, min(validBits, 16))
      return 1 - 1 / Double(1 << (bits - 1))
    }
  }

  /// Windows in a block: what fits in a core's own cache, beside what is measured of it.
  public var windowsPerBlock: Int {
    max(1, min(1024, 262_144 / (windowFrames * layout.bytesPerFrame)))
  }

  /// Frames in a block.
  public var framesPerBlock: Int { windowFrames * windowsPerBlock }
}
