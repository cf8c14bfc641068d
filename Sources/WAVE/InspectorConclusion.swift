/// What can be said about the structure once the whole file has been gone through.
extension Inspector {
  mutating func concludeStructure() {
    reportMissing()
    reportOrder()
    reportContainer()
    reportDataSize64()
    if !stoppedEarly { checkFormSize() }
  }

  private mutating func reportMissing() {
    // Behind an early end, what is missing may yet be there.
    guard !stoppedEarly else { return }
    if format == nil {
      list.add(
        .fmtMissing, .error, at: nil, "no fmt chunk says how the samples are encoded", fix: Remedy.reexport)
    }
    if data == nil {
      list.add(.dataMissing, .error, at: nil, "no data chunk: the file holds no samples", fix: Remedy.copyAgain)
    }
  }

  /// RIFF 1991: fmt stands before data, so that a stream can be played as it comes.
  private mutating func reportOrder() {
    guard let format, let data, data.offset < format.offset else { return }
    list.add(
      .dataBeforeFmt, .error, at: data.offset - UInt64(container.chunkHeaderBytes),
      "the data chunk stands before the fmt chunk, which is at byte \(format.offset)", fix: Remedy.normalize)
  }

  private mutating func reportContainer() {
    switch container {
    case .riff: break
    case .rifx:
      list.add(
        .bigEndian, .info, at: 0, "RIFX, RIFF with big-endian numbers, which few readers know", fix: Remedy.normalize)
    case .rf64, .bw64:
      list.add(
        .rf64, .info, at: 0, "\(container.rawValue), a container that many readers do not know",
        fix: Remedy.normalize)
    case .wave64:
      list.add(.wave64, .info, at: 0, "Wave64, a container that few readers know", fix: Remedy.normalize)
    }
  }

  private mutating func reportDataSize64() {
    guard container.hasDataSize64 else { return }
    guard let dataSize64 else {
      if !stoppedEarly {
        list.add(
          .ds64Missing, .error, at: UInt64(container.prologueBytes),
          "no ds64 chunk, which \(container.rawValue) keeps its sizes in", fix: Remedy.rewriteHeader)
      }
      return
    }
    // EBU Tech 3306: RF64 is for what 32 bits cannot count; below that the file should be RIFF.
    if max(dataSize64.riffSize, byteCount - 8) < DataSize64Chunk.marker {
      list.add(
        .ds64Unneeded, .info, at: dataSize64.offset, "at \(byteCount) bytes the file would fit RIFF",
        fix: Remedy.normalize)
    }
  }

  private mutating func checkFormSize() {
    guard let formEnd, formEnd != byteCount, !formSizeIsTold else { return }
    // The size counts a pad byte that is not there: `chunk-unpadded` tells that.
    if lastIsUnpadded, formEnd == byteCount + 1 { return }
    if formEnd < byteCount {
      reportFormSize("the file goes on after it")
    } else {
      reportFormSize("the file ends before it")
    }
  }

  mutating func reportFormSize(_ why: String) {
    formSizeIsTold = true
    let counted: UInt64 = container == .wave64 ? 0 : 8
    let isLong = container.hasDataSize64 && formSize == DataSize64Chunk.marker
    let size = isLong ? dataSize64?.riffSize ?? 0 : formSize
    list.add(
      .riffSizeMismatch, .warning, at: isLong ? dataSize64?.offset : container.sizeOffset,
      "the \(container.rawValue) size is \(size) where the file needs \(byteCount - min(counted, byteCount)): \(why)",
      fix: Remedy.rewriteHeader)
  }
}
