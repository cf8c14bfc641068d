/// The data chunk: where it lies, and how far its size can be believed.
extension Inspector {
  mutating func readData<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, from source: borrowing Source
  ) throws(Source.Failure) {
    let available = byteCount - chunk.body
    let isLong = container.hasDataSize64 && chunk.claimed == DataSize64Chunk.marker
    let sizeOffset =
      isLong ? dataSize64.map { $0.offset + DataSize64Chunk.dataSizeField } ?? chunk.sizeOffset : chunk.sizeOffset
    let claimed = isLong ? dataSize64?.dataSize ?? DataSize64Chunk.marker : chunk.claimed ?? 0
    if data != nil {
      return try skipSecondData(chunk, claimed: claimed, available: available, from: source)
    }
    var found = DataChunk(
      offset: chunk.body, sizeOffset: sizeOffset, claimedBytes: claimed, availableBytes: min(claimed, available),
      extent: claimed > available ? .truncated : .whole)
    let next = try claimed == 0 ? isChunk(at: chunk.body, in: source) : false
    if isPlaceholder(claimed, available: available, chunkFollows: next) || (isLong && dataSize64 == nil) {
      found.extent = .placeholder
      found.availableBytes = available
    }
    if found.extent == .whole, let size = try unwrapped(claimed, of: chunk, in: source) {
      found.extent = .wrapped
      found.availableBytes = size
    }
    data = found
    report(found, isLong: isLong)
    if found.extent == .whole || found.extent == .wrapped {
      try moveBeyond(chunk, size: found.availableBytes, in: source)
    } else {
      position = byteCount
    }
  }

  /// Writers that cannot seek back leave the size as they began with: 0 (libsndfile, many recorders), all ones
  /// (FFmpeg), or the largest that a signed number holds, less what their header and block sizes take (SoX).
  /// A size of 0 is one of these only if samples follow it.
  private func isPlaceholder(_ claimed: UInt64, available: UInt64, chunkFollows: Bool) -> Bool {
    // A RIFF writer that ran beyond 4 GB may have left all ones too; it is no size of its own, being odd.
    let isOnes = container == .riff && claimed == UInt64(UInt32.max)
    guard claimed > available || claimed == 0 || isOnes else { return false }
    let slack: UInt64 = 0x1000
    if container == .wave64 || dataSize64 != nil {
      if claimed >= UInt64(Int64.max) - slack { return true }
    }
    switch claimed {
    case 0: return available >= UInt64(container.chunkHeaderBytes) && !chunkFollows
    case 0x7FFF_FFFF - slack...0x8000_0000, 0xFFFF_FFFF - slack...0xFFFF_FFFF: return true
    default: return false
    }
  }

  /// The true size where a writer of more than 4 GB let 32 bits run over: nothing follows at the end claimed, but
  /// the file or a chunk's end lies exactly some 4 GiB further. Nil where that is not so.
  private mutating func unwrapped<Source: ByteSource & ~Copyable>(
    _ claimed: UInt64, of chunk: Chunk, in source: borrowing Source
  ) throws(Source.Failure) -> UInt64? {
    let turn: UInt64 = 1 << 32
    let available = byteCount - chunk.body
    guard container == .riff || container == .rifx, available >= turn else { return nil }
    let padding = claimed % 2
    guard try !isChunk(at: chunk.body + claimed + padding, in: source) else { return nil }
    let size = claimed + (available - claimed) / turn * turn
    let end = chunk.body + size + min(padding, available - size)
    guard try isChunk(at: end, in: source) || end == byteCount else { return nil }
    return size
  }

  private mutating func report(_ found: DataChunk, isLong: Bool) {
    // Sizes that were cut off, never filled in or lost in transfer are so in the container's header as well.
    if found.extent != .whole { formSizeIsTold = true }
    switch found.extent {
    case .truncated:
      list.add(
        .dataTruncated, .error, at: found.sizeOffset,
        "the data chunk claims \(found.claimedBytes) bytes where \(found.availableBytes) are left",
        fix: "copy or download the file again; if this is all there is, let wavprep normalize keep what it holds")
    case .placeholder where isLong && dataSize64 == nil:
      // `ds64-missing` tells this.
      break
    case _ where found.availableBytes == 0:
      list.add(
        .dataEmpty, .error, at: found.sizeOffset, "the data chunk holds no samples",
        fix: "record again: there is no audio in this file")
    case .placeholder:
      addPlaceholder(found, "a placeholder never filled in")
    case .wrapped:
      addPlaceholder(found, "cut off at 32 bits")
    case .whole:
      break
    }
  }

  private mutating func addPlaceholder(_ found: DataChunk, _ kind: String) {
    list.add(
      .dataSizePlaceholder, .warning, at: found.sizeOffset,
      "the data size is \(found.claimedBytes), \(kind); \(found.availableBytes) bytes follow",
      fix: Remedy.rewriteHeader)
  }

  private mutating func skipSecondData<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, claimed: UInt64, available: UInt64, from source: borrowing Source
  ) throws(Source.Failure) {
    list.add(
      .dataDuplicate, .warning, at: chunk.offset,
      "a further data chunk of \(min(claimed, available)) bytes; only the first is read", fix: Remedy.normalize)
    formSizeIsTold = formSizeIsTold || claimed > available
    try moveBeyond(chunk, size: min(claimed, available), in: source)
  }
}
