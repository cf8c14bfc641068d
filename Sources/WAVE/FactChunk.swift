/// The `fact` chunk: the length of compressed audio in frames (Microsoft, New Multimedia Data Types 1994).
public struct FactChunk: Sendable, Equatable {
  /// Where its content begins, in bytes from the file's beginning.
  public var offset: UInt64
  /// `dwSampleLength`: frames of the data, if it was filled in.
  public var frames: UInt64

  init?(_ bytes: RawSpan, at offset: UInt64, in container: Container) {
    self.offset = offset
    // Wave64 widens the count with all its sizes.
    if container == .wave64, let frames = bytes.integer(UInt64.self, at: 0) {
      self.frames = frames
    } else if let frames = bytes.integer(UInt32.self, at: 0, bigEndian: container.isBigEndian) {
      self.frames = UInt64(frames)
    } else {
      return nil
    }
  }
}
