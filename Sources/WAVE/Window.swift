/// A read-ahead buffer over a source, so that neighbouring chunk headers cost one read and not one each.
///
/// What it holds is bounded by `span` or by the largest single request, whatever sizes a file claims.
struct Window {
  /// Bytes fetched at once: a page, which holds the whole header of nearly every recording.
  static let span = 4096

  private var start: UInt64 = 0
  private var held: [UInt8] = []

  /// The bytes of the source at `offset`, `count` of them or as many as there are before the end.
  ///
  /// - Precondition: `count` is at most `span`.
  mutating func bytes<Source: ByteSource & ~Copyable>(
    _ count: Int, at offset: UInt64, in source: borrowing Source
  ) throws(Source.Failure) -> [UInt8] {
    let wanted = Int(min(UInt64(count), source.byteCount - min(offset, source.byteCount)))
    if !holds(wanted, at: offset) {
      held = try source.read(Window.span, at: offset)
      start = offset
    }
    // A file that shrinks while it is read gives fewer bytes than its size promised.
    let skipped = min(Int(offset - start), held.count)
    return Array(held[skipped..<min(skipped + wanted, held.count)])
  }

  private func holds(_ count: Int, at offset: UInt64) -> Bool {
    guard offset >= start, offset - start <= UInt64(held.count) else { return false }
    return held.count - Int(offset - start) >= count
  }
}
