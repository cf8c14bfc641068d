/// Random access to the bytes of a file, without the file: this module opens nothing itself.
///
/// Only headers are read through it, a few bytes to a few kilobytes at a time. An owner of a descriptor may
/// conform as a noncopyable type.
public protocol ByteSource: ~Copyable {
  /// What reading can fail with; `Never` for bytes in memory.
  associatedtype Failure: Error

  /// The number of bytes there are.
  var byteCount: UInt64 { get }

  /// Reads `count` bytes at `offset`, or as many as there are before the end: an empty array at or beyond it.
  func read(_ count: Int, at offset: UInt64) throws(Failure) -> [UInt8]
}

/// Bytes in memory as a source.
extension Array: ByteSource where Element == UInt8 {
  /// The number of bytes there are.
  public var byteCount: UInt64 { UInt64(count) }

  /// The bytes from `offset` on, `count` at most.
  public func read(_ count: Int, at offset: UInt64) throws(Never) -> [UInt8] {
    guard offset < byteCount else { return [] }
    let start = Int(offset)
    return Array(self[start..<(start + Swift.min(self.count - start, count))])
  }
}
