import FlyingFox
import FlyingSocks
import Foundation

extension HTTPResponse {
  /// The same reply, with the connection closed in the middle of its body.
  func cutInTheMiddle() async throws -> HTTPResponse {
    let body = try await bodyData
    var cut = self
    cut.payload = .httpBody(
      HTTPBodySequence(from: CutBytes(bytes: Array(body.prefix(body.count / 2))), count: body.count))
    return cut
  }
}

/// Bytes that end with an error instead of an end.
private struct CutBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  let bytes: [UInt8]

  func makeAsyncIterator() -> Iterator { Iterator(left: bytes[...]) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    struct Cut: Error {}

    var left: ArraySlice<UInt8>

    mutating func next() async throws -> UInt8? {
      guard let first = left.popFirst() else { throw Cut() }
      return first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !left.isEmpty else { throw Cut() }
      defer { left = left.dropFirst(count) }
      return left.prefix(count)
    }
  }
}
