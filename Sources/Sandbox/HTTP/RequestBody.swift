import FlyingFox
import Foundation

/// The bytes that come with a request, read once and in order.
///
/// FlyingFox leaves what a handler does not read on the connection, where it would be taken for the next request, so
/// every handler reads its body to the end.
struct RequestBody {
  private var iterator: HTTPBodySequence.Iterator

  init(_ request: HTTPRequest) {
    iterator = request.bodySequence.makeAsyncIterator()
  }

  /// The next bytes as they arrive; nil at the end. Throws when the client goes away before that.
  mutating func next() async throws -> Data? {
    try await iterator.next()
  }

  /// All that is left; nil, though read to the end, if it is more than `limit` bytes.
  mutating func collect(limit: Int) async throws -> Data? {
    var bytes = Data()
    while let chunk = try await next() {
      bytes.append(chunk)
      if bytes.count > limit {
        try await drain()
        return nil
      }
    }
    return bytes
  }

  /// Reads and forgets all that is left.
  mutating func drain() async throws {
    while try await next() != nil {}
  }
}
