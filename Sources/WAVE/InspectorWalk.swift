/// From chunk to chunk, through the file.
extension Inspector {
  /// Goes through all chunks, wherever they stand.
  mutating func walk<Source: ByteSource & ~Copyable>(_ source: borrowing Source) throws(Source.Failure) {
    for index in 0... {
      guard position < byteCount else { return }
      guard index < Inspector.chunkLimit else {
        stoppedEarly = true
        list.add(
          .chunksTooMany, isComplete ? .warning : .error, at: position,
          "more than \(Inspector.chunkLimit) chunks; those from here on were not looked at", fix: Remedy.normalize)
        return
      }
      let bytes = try window.bytes(container.chunkHeaderBytes, at: position, in: source)
      guard let chunk = Chunk(bytes.span.bytes, at: position, in: container) else { return endInsideHeader() }
      guard goesOn(with: chunk) else { return }
      try read(chunk, from: source)
      guard !stoppedEarly else { return }
    }
  }

  /// The file ends in what may be a chunk's name or size.
  private mutating func endInsideHeader() {
    if isComplete {
      reportTrailing(at: position)
    } else {
      stoppedEarly = true
      list.add(
        .headerTruncated, .error, at: position,
        "the file ends \(byteCount - position) bytes into a chunk's header of \(container.chunkHeaderBytes) bytes",
        fix: Remedy.copyAgain)
    }
  }

  /// Whether what stands at the position is a chunk, rather than what follows the last one.
  private mutating func goesOn(with chunk: Chunk) -> Bool {
    let fits = size(of: chunk).map { $0 <= byteCount - chunk.body } ?? false
    let isBlank = chunk.name?.code == 0 && chunk.claimed == 0
    if isComplete, !chunk.isWellNamed, !fits || isBlank || isBeyondForm {
      reportTrailing(at: position)
      return false
    }
    if isBeyondForm, isComplete, !fits {
      reportTrailing(at: position)
      return false
    }
    if isBeyondForm { reportFormSize("the chunk \(chunk.title) stands beyond it") }
    if !chunk.isWellNamed {
      // RIFF 1991: a chunk's name is four ASCII characters, filled up with blanks at the end.
      list.add(
        .chunkIdInvalid, .warning, at: chunk.offset,
        "the chunk's name \(chunk.title) is not printable ASCII padded with blanks at its end", fix: Remedy.normalize)
    }
    return true
  }

  /// Whether the position lies at or beyond the end that the container's size gives.
  private var isBeyondForm: Bool {
    guard let formEnd, formEnd >= UInt64(container.prologueBytes), !formSizeIsTold else { return false }
    return position >= formEnd
  }

  private mutating func reportTrailing(at offset: UInt64) {
    formSizeIsTold = true
    position = byteCount
    list.add(
      .trailingBytes, .warning, at: offset,
      "\(byteCount - offset) bytes after the last chunk belong to nothing", fix: Remedy.normalize)
  }

  /// The size of a chunk's content; nil for a size that cannot be.
  ///
  /// EBU Tech 3306: in RF64 a 32-bit size of -1 refers to `ds64`.
  func size(of chunk: Chunk) -> UInt64? {
    guard container.hasDataSize64, chunk.claimed == DataSize64Chunk.marker else { return chunk.claimed }
    return dataSize64?.size(of: chunk.name) ?? chunk.claimed
  }

  /// Reads a chunk that this module knows, and moves on to the next.
  private mutating func read<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, from source: borrowing Source
  ) throws(Source.Failure) {
    if chunk.name == .data { return try readData(chunk, from: source) }
    let available = byteCount - chunk.body
    let claimed = size(of: chunk) ?? UInt64.max
    guard claimed <= available else { return overrun(chunk, claimed: size(of: chunk), available: available) }
    try readKnown(chunk, claimed: claimed, from: source)
    try moveBeyond(chunk, size: claimed, in: source)
  }

  /// A chunk other than data claims more than is left: what follows it cannot be found.
  private mutating func overrun(_ chunk: Chunk, claimed: UInt64?, available: UInt64) {
    stoppedEarly = true
    let size = claimed.map { "claims \($0) bytes" } ?? "claims fewer bytes than its own header has"
    if chunk.name == .format {
      list.add(
        .headerTruncated, .error, at: byteCount,
        "the file ends inside the fmt chunk, which \(size) of which \(available) are there", fix: Remedy.copyAgain)
    } else {
      list.add(
        .chunkOverruns, .error, at: chunk.sizeOffset,
        "the chunk \(chunk.title) \(size) where \(available) are left", fix: Remedy.copyAgain)
    }
  }

  /// Moves to the chunk after this one, over the pad byte that should follow an odd size.
  ///
  /// RIFF 1991: content is padded to an even length with a zero byte that the size does not count. Wave64: to
  /// eight bytes.
  mutating func moveBeyond<Source: ByteSource & ~Copyable>(
    _ chunk: Chunk, size: UInt64, in source: borrowing Source
  ) throws(Source.Failure) {
    let end = chunk.body + size
    let padding = (container.alignment - end % container.alignment) % container.alignment
    position = byteCount - end < padding ? byteCount : end + padding
    lastIsUnpadded = false
    guard padding > 0, container != .wave64 else { return }
    if end == byteCount {
      lastIsUnpadded = true
    } else if try isChunk(at: end, in: source), try !isChunk(at: end + 1, in: source) {
      position = end
    } else {
      return
    }
    list.add(
      .chunkUnpadded, .warning, at: end, "the chunk \(chunk.title) has \(size) bytes, an odd number, and no pad byte",
      fix: Remedy.normalize)
  }

  /// Whether something that can only be a chunk's header stands at the offset.
  mutating func isChunk<Source: ByteSource & ~Copyable>(
    at offset: UInt64, in source: borrowing Source
  ) throws(Source.Failure) -> Bool {
    let bytes = try window.bytes(container.chunkHeaderBytes, at: offset, in: source)
    guard let chunk = Chunk(bytes.span.bytes, at: offset, in: container), chunk.isWellNamed,
      let claimed = size(of: chunk)
    else { return false }
    return claimed <= byteCount - chunk.body
  }
}
