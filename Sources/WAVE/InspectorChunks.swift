/// The chunks that this module knows, other than data.
extension Inspector {
  private mutating func readFormat<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, claimed: UInt64, from source: borrowing Source
  ) throws(Source.Failure) {
    guard format == nil else {
      // RIFF 1991: one format describes all data of the form.
      list.add(
        .fmtDuplicate, .error, at: chunk.offset, "a second fmt chunk; the first counts, and players may differ",
        fix: Remedy.normalize)
      return
    }
    let count = Int(min(claimed, UInt64(FormatChunk.bytesRead)))
    let bytes = try window.bytes(count, at: chunk.body, in: source)
    format = FormatChunk(bytes.span.bytes, at: chunk.body, size: claimed, bigEndian: container.isBigEndian)
    if format == nil {
      stoppedEarly = true
      list.add(
        .fmtSize, .error, at: chunk.sizeOffset,
        "the fmt chunk has \(claimed) bytes; every encoding needs \(FormatChunk.plainBytes) or more",
        fix: Remedy.reexport)
    }
  }

  mutating func readKnown<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, claimed: UInt64, from source: borrowing Source
  ) throws(Source.Failure) {
    let count = Int(min(claimed, UInt64(Window.span)))
    switch chunk.name {
    case .format?: try readFormat(chunk, claimed: claimed, from: source)
    case .fact?:
      let bytes = try window.bytes(count, at: chunk.body, in: source)
      fact = fact ?? FactChunk(bytes.span.bytes, at: chunk.body, in: container)
    case .ds64? where container.hasDataSize64:
      let bytes = try window.bytes(count, at: chunk.body, in: source)
      readDataSize64(chunk, DataSize64Chunk(bytes.span.bytes, at: chunk.body), claimed: claimed)
    case .broadcast?:
      let bytes = try window.bytes(count, at: chunk.body, in: source)
      readBroadcast(chunk, BroadcastChunk(bytes.span.bytes, at: chunk.body, bigEndian: container.isBigEndian))
    default: break
    }
  }

  /// EBU Tech 3306: `ds64` is the first chunk of the form, since sizes after it depend on it.
  private mutating func readDataSize64(_ chunk: Chunk, _ sizes: DataSize64Chunk?, claimed: UInt64) {
    guard dataSize64 == nil else { return }
    guard let sizes, claimed >= DataSize64Chunk.fixedBytes else {
      list.add(
        .ds64Missing, .error, at: chunk.sizeOffset,
        "the ds64 chunk has \(claimed) bytes of the \(DataSize64Chunk.fixedBytes) that its sizes take",
        fix: Remedy.rewriteHeader)
      return
    }
    dataSize64 = sizes
    if chunk.offset != UInt64(container.prologueBytes) {
      list.add(
        .ds64Misplaced, .error, at: chunk.offset, "the ds64 chunk is not the first one, at byte 12",
        fix: Remedy.rewriteHeader)
    }
  }

  /// EBU Tech 3285: versions 0, 1 and 2 are all there are.
  private mutating func readBroadcast(_ chunk: Chunk, _ broadcast: BroadcastChunk?) {
    let fix = "wavprep normalize leaves the chunk out; or write it anew with the program that made it"
    guard let broadcast else {
      list.add(
        .bextVersion, .warning, at: chunk.sizeOffset, "the bext chunk is too short to hold its version", fix: fix)
      return
    }
    self.broadcast = self.broadcast ?? broadcast
    if !BroadcastChunk.versions.contains(broadcast.version) {
      list.add(
        .bextVersion, .warning, at: chunk.body + UInt64(BroadcastChunk.versionField),
        "the bext chunk has version \(broadcast.version); 0, 1 and 2 exist", fix: fix)
    }
  }
}
