/// The name and the size of a chunk as they stand in the file, and where.
struct Chunk {
  /// The chunk's name; nil for a GUID of Wave64 that RIFF has no name for.
  var name: FourCC?
  /// Where the name stands, in bytes from the file's beginning.
  var offset: UInt64
  /// Where the size stands.
  var sizeOffset: UInt64
  /// Where the content begins.
  var body: UInt64
  /// Bytes of content that the size field claims, whether or not they exist; nil for an impossible size, which
  /// only Wave64 can have: its sizes count the chunk's own header.
  var claimed: UInt64?

  /// Reads the header of a chunk that stands at `offset` in the file; nil when the bytes are too few.
  init?(_ bytes: RawSpan, at offset: UInt64, in container: Container) {
    self.offset = offset
    body = offset + UInt64(container.chunkHeaderBytes)
    if container == .wave64 {
      guard let guid = GUID(bytes, at: 0), let size = bytes.integer(UInt64.self, at: 16) else { return nil }
      name = Wave64.name(guid)
      sizeOffset = offset + 16
      claimed = size >= 24 ? size - 24 : nil
    } else {
      guard let code = bytes.integer(UInt32.self, at: 0, bigEndian: true),
        let size = bytes.integer(UInt32.self, at: 4, bigEndian: container.isBigEndian)
      else { return nil }
      name = FourCC(code)
      sizeOffset = offset + 4
      claimed = UInt64(size)
    }
  }

  /// The name for people.
  var title: String { name?.quoted ?? "with a foreign GUID" }

  /// Whether RIFF allows the name. Any GUID names a Wave64 chunk.
  var isWellNamed: Bool { name?.isWellFormed ?? true }
}
