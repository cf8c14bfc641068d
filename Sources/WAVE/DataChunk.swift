/// The `data` chunk: where the samples are, and how many bytes of them.
public struct DataChunk: Sendable, Equatable {
  /// Where the samples begin, in bytes from the file's beginning.
  public var offset: UInt64
  /// Where the size stands that `claimedBytes` was read from: the chunk's own header, or `ds64`.
  public var sizeOffset: UInt64
  /// Bytes that the size field claims.
  public var claimedBytes: UInt64
  /// Bytes that there are: up to the claimed end, or to the end of the file where that comes first or where the
  /// claim is a placeholder.
  public var availableBytes: UInt64
  /// How far the size field can be believed.
  public var extent: Extent

  /// How far a data chunk's size can be believed.
  public enum Extent: Sendable, Equatable {
    /// The bytes claimed are there.
    case whole
    /// The file ends before the bytes claimed do.
    case truncated
    /// The size was never filled in: the data run to the end of the file.
    case placeholder
    /// The size is the true one's lowest 32 bits: a RIFF file of more than 4 GB.
    case wrapped
  }
}
