/// The `ds64` chunk of RF64 and BW64: the sizes for which 32 bits are too few (EBU Tech 3306, ITU-R BS.2088).
public struct DataSize64Chunk: Sendable, Equatable {
  /// Where its content begins, in bytes from the file's beginning.
  public var offset: UInt64
  /// Bytes of the file after the first eight.
  public var riffSize: UInt64
  /// Bytes of the data chunk's content.
  public var dataSize: UInt64
  /// Frames, in place of `fact`'s count.
  public var frames: UInt64
  /// Where the sizes stand within the content.
  static let riffSizeField: UInt64 = 0
  static let dataSizeField: UInt64 = 8
  /// Bytes of content that are always there: three sizes and the length of a table.
  static let fixedBytes: UInt64 = 28

  /// The size that a 32-bit field holds when the true one stands here.
  static let marker: UInt64 = 0xFFFF_FFFF

  private var table: [FourCC: UInt64] = [:]

  /// Reads the content, as much as is at hand: sizes of other chunks than data are a rarity, and only those
  /// that lie within `bytes` are taken.
  init?(_ bytes: RawSpan, at offset: UInt64) {
    guard let riffSize = bytes.integer(UInt64.self, at: 0), let dataSize = bytes.integer(UInt64.self, at: 8),
      let frames = bytes.integer(UInt64.self, at: 16)
    else { return nil }
    self.offset = offset
    self.riffSize = riffSize
    self.dataSize = dataSize
    self.frames = frames
    let entries = bytes.integer(UInt32.self, at: 24) ?? 0
    for entry in 0..<min(Int(entries), bytes.byteCount / 12) {
      guard let code = bytes.integer(UInt32.self, at: 28 + 12 * entry, bigEndian: true),
        let size = bytes.integer(UInt64.self, at: 32 + 12 * entry)
      else { return }
      table[FourCC(code)] = size
    }
  }

  /// The size of the content of the chunk of this name, if the table has it.
  func size(of name: FourCC?) -> UInt64? {
    guard let name else { return nil }
    return name == .data ? dataSize : table[name]
  }
}
