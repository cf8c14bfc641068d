/// What a request sends: bytes in memory and files, in order, any part of which can be read again, since libcurl
/// rewinds a body when a kept connection turns out to be closed.
struct HTTPBody: Sendable {
  enum Segment: Sendable {
    case bytes([UInt8])
    case file(SourceFile)
    /// The file's bytes in Base64 (RFC 4648, padded), encoded as they are read.
    case base64(SourceFile)

    var byteCount: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(let file): file.byteCount
      case .base64(let file): (file.byteCount + 2) / 3 * 4
      }
    }
  }

  let segments: [Segment]
  let byteCount: Int

  init(_ segments: [Segment]) {
    self.segments = segments
    byteCount = segments.reduce(0) { $0 + $1.byteCount }
  }

  init(_ bytes: [UInt8]) {
    self.init([.bytes(bytes)])
  }

  /// Reads bytes at `offset` of the whole body, at most to the end of one segment; 0 only at the body's end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SourceFileError) -> Int {
    var start = 0
    for segment in segments {
      let inside = offset - start
      if inside < segment.byteCount {
        let count = min(buffer.count, segment.byteCount - inside)
        return try Self.read(segment, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: inside)
      }
      start += segment.byteCount
    }
    return 0
  }

  /// Throws when a file of the body changed.
  func checkUnchanged() throws(SourceFileError) {
    for segment in segments {
      switch segment {
      case .bytes: continue
      case .file(let file), .base64(let file): try file.checkUnchanged()
      }
    }
  }

  /// Precondition: `buffer` ends inside the segment.
  private static func read(
    _ segment: Segment, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SourceFileError) -> Int {
    switch segment {
    case .bytes(let bytes):
      bytes.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
      }
      return buffer.count
    case .file(let file):
      let count = try file.read(into: buffer, at: offset)
      // The length is promised already: a shorter file cannot be sent.
      guard count == buffer.count else { throw file.changed() }
      return count
    case .base64(let file):
      return try readBase64(file, into: buffer, at: offset)
    }
  }

  /// Four characters stand for three bytes, so any place in the text is found by division.
  private static func readBase64(
    _ file: SourceFile, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SourceFileError) -> Int {
    let firstGroup = offset / 4
    let lastGroup = (offset + buffer.count - 1) / 4
    let start = firstGroup * 3
    let count = min((lastGroup + 1) * 3, file.byteCount) - start
    let source = try file.read(count, at: start)
    guard source.count == count else { throw file.changed() }
    let text = Base64.encode(source)
    let skipped = offset - firstGroup * 4
    text.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[skipped..<skipped + buffer.count]))
    }
    return buffer.count
  }
}

/// Base64 of RFC 4648.
enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The standard alphabet with padding.
  static func encode(_ bytes: [UInt8]) -> [UInt8] { encode(bytes, alphabet: standard, padding: true) }

  /// The alphabet for URLs without padding, as JSON Web Tokens use it.
  static func encodeForURL(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes, alphabet: urlSafe, padding: false), as: UTF8.self)
  }

  private static func encode(_ bytes: [UInt8], alphabet: [UInt8], padding: Bool) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let left = bytes.count - start
      let group =
        UInt32(bytes[start]) << 16 | (left > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
        | (left > 2 ? UInt32(bytes[start + 2]) : 0)
      for place in 0..<4 {
        if place <= left {
          text.append(alphabet[Int(group >> (18 - 6 * UInt32(place)) & 63)])
        } else if padding {
          text.append(UInt8(ascii: "="))
        }
      }
    }
    return text
  }
}
