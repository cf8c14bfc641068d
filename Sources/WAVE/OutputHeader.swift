/// The header of a WAV file to be written: everything before the first sample.
///
/// - Plain PCM with the 16-byte `fmt ` chunk for up to two channels of 16 bits, the form that every reader knows.
/// - WAVE_FORMAT_EXTENSIBLE above that, as Microsoft's "Multiple Channel Audio Data and WAVE Files" asks for.
/// - IEEE float with `cbSize` and a `fact` chunk, which the 1994 "New Multimedia Data Types" revision requires of
///   every encoding but PCM.
/// - RF64 with a `ds64` chunk where the sizes no longer fit 32 bits. Where a file was begun as one and became shorter,
///   a `JUNK` chunk stands in the place of `ds64`, so that the samples stay where they are (EBU Tech 3306, 4.2).
public struct OutputHeader: Sendable, Equatable {
  /// How one sample is stored, little-endian.
  public enum Sample: Sendable, Equatable {
    /// A signed integer of 16, 24 or 32 bits.
    case integer(bits: Int)
    /// An IEEE 754 number of 32 bits.
    case float32

    /// The size of one sample in bytes.
    public var bytes: Int {
      switch self {
      case .integer(let bits): bits / 8
      case .float32: 4
      }
    }
  }

  /// How samples are stored.
  public var sample: Sample
  /// Channels in a frame, 1 to 65,535.
  public var channels: Int
  /// Frames in a second. Together with the block align, at most 32 bits: a header holds their product.
  public var sampleRate: Int
  /// The number of frames that follow the header, 0 or more; their bytes fit 63 bits.
  public private(set) var frames: Int64
  /// Whether a `JUNK` chunk keeps the place of `ds64`.
  private var keepsRoom = false

  /// Describes the file to write; each property has its range.
  public init(sample: Sample, channels: Int, sampleRate: Int, frames: Int64) {
    self.sample = sample
    self.channels = channels
    self.sampleRate = sampleRate
    self.frames = frames
  }

  /// The size of one frame in bytes.
  public var blockAlign: Int { sample.bytes * channels }

  /// The size of the samples in bytes, without the pad byte.
  public var dataBytes: Int64 { frames * Int64(blockAlign) }

  /// One byte where the data is odd: RIFF chunks start on even offsets.
  public var padBytes: Int64 { dataBytes & 1 }

  /// The size of the whole file in bytes: header, samples, pad byte.
  public var fileBytes: Int64 { Int64(count) + dataBytes + padBytes }

  /// Takes note that there are fewer frames than the file was begun with. The header keeps its size.
  ///
  /// - Precondition: `frames` is not more than it was.
  public mutating func shorten(to frames: Int64) {
    precondition(frames <= self.frames, "shortening makes a file longer")
    keepsRoom = keepsRoom || isRF64
    self.frames = frames
  }

  /// The bytes from the start of the file to the first sample.
  public var bytes: [UInt8] {
    let format = formatChunk + factChunk
    let form = Int64(12 + format.count + (isRF64 || keepsRoom ? 8 + Self.ds64Bytes : 0)) + dataBytes + padBytes
    if isRF64 {
      // The 32-bit sizes are set to −1, and ds64 right after the form type holds the real ones.
      return ascii("RF64") + little(UInt32.max) + ascii("WAVE")
        + ascii("ds64") + little(UInt32(Self.ds64Bytes))
        + little(UInt64(form)) + little(UInt64(dataBytes)) + little(UInt64(frames)) + little(UInt32(0))
        + format + ascii("data") + little(UInt32.max)
    }
    let room =
      keepsRoom ? ascii("JUNK") + little(UInt32(Self.ds64Bytes)) + [UInt8](repeating: 0, count: Self.ds64Bytes) : []
    return ascii("RIFF") + little(UInt32(form)) + ascii("WAVE") + room + format
      + ascii("data") + little(UInt32(dataBytes))
  }

  /// The size of a `ds64` chunk without a table: form, data and frame counts of 64 bits, and a table's length.
  private static let ds64Bytes = 28

  /// Whether the sizes need 64 bits.
  public var isRF64: Bool {
    // With room kept for `ds64` or without, so that shortening never changes the header's size.
    Int64(12 + formatChunk.count + factChunk.count + 8 + Self.ds64Bytes) + dataBytes + padBytes > Int64(UInt32.max)
  }

  /// The size of `bytes`.
  public var count: Int { bytes.count }

  private var isExtensible: Bool {
    switch sample {
    case .integer(let bits): channels > 2 || bits > 16
    case .float32: channels > 2
    }
  }

  private var formatChunk: [UInt8] {
    let tag: UInt16 = sample == .float32 ? 3 : 1
    let bits = UInt16(sample.bytes * 8)
    let common =
      little(UInt16(channels)) + little(UInt32(sampleRate)) + little(UInt32(sampleRate * blockAlign))
      + little(UInt16(blockAlign)) + little(bits)
    if isExtensible {
      // cbSize 22: valid bits, an unassigned channel mask, and the sub-format: the tag in Microsoft's base GUID.
      let base: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
      return ascii("fmt ") + little(UInt32(40)) + little(UInt16(0xFFFE)) + common
        + little(UInt16(22)) + little(bits) + little(UInt32(0)) + little(tag) + base
    }
    if sample == .float32 {
      return ascii("fmt ") + little(UInt32(18)) + little(tag) + common + little(UInt16(0))
    }
    return ascii("fmt ") + little(UInt32(16)) + little(tag) + common
  }

  private var factChunk: [UInt8] {
    guard sample == .float32 else { return [] }
    return ascii("fact") + little(UInt32(4)) + little(UInt32(clamping: frames))
  }
}

private func ascii(_ text: StaticString) -> [UInt8] {
  text.withUTF8Buffer { Array($0) }
}

private func little(_ value: some FixedWidthInteger) -> [UInt8] {
  (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
