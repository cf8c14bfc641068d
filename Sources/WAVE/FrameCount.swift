/// How many frames some bytes of data hold.
struct FrameCount {
  var format: FormatChunk
  var encoding: Encoding
  var layout: PCMLayout?

  /// Bytes that stand and fall together: a frame, or a block of a compressed encoding; nil where blocks vary.
  var unitBytes: UInt64? {
    if let layout { return UInt64(layout.bytesPerFrame) }
    return encoding.family == .blocks && format.blockAlign > 0 ? UInt64(format.blockAlign) : nil
  }

  /// Frames of such a unit; nil where the format does not say.
  var unitFrames: UInt64? {
    if layout != nil { return 1 }
    guard encoding.family == .blocks, let frames = format.samplesPerBlock, frames > 0 else { return nil }
    return UInt64(frames)
  }

  /// The frames of the data that are there.
  ///
  /// A compressed encoding's last block is filled up with silence, so its `fact` knows better, but never more than
  /// the blocks can hold.
  func frames(data: DataChunk?, fact: UInt64?) -> UInt64? {
    guard let data else { return 0 }
    if layout != nil { return capacity(of: data.availableBytes) }
    let believed = fact.flatMap { $0 == 0 || $0 >= DataSize64Chunk.marker ? nil : $0 }
    guard let most = capacity(of: data.availableBytes) else { return data.extent == .truncated ? nil : believed }
    return min(believed ?? most, most)
  }

  /// The frames of whole units in some bytes; nil where the format does not say.
  func capacity(of bytes: UInt64) -> UInt64? {
    guard let unitBytes, let unitFrames, unitBytes > 0 else { return nil }
    let (frames, overflow) = (bytes / unitBytes).multipliedReportingOverflow(by: unitFrames)
    return overflow ? nil : frames
  }
}
