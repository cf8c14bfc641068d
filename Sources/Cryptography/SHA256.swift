import COpenSSL

/// The SHA-256 digest of bytes that come piece by piece (FIPS 180-4).
///
///     var hash = SHA256()
///     hash.update(chunk.span.bytes)
///     let digest = hash.finalize()
public struct SHA256: ~Copyable {
  /// The number of bytes in a digest.
  public static let byteCount = 32

  private let context: OpaquePointer

  /// A digest of nothing yet. The first one opens libcrypto.
  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no memory for a SHA-256 digest")
    }
    self.context = context
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  /// Appends bytes; any number, none included.
  public mutating func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { update(bytes: $0) }
  }

  /// Appends the bytes of an array.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update(bytes: $0) }
  }

  /// Appends the bytes of a buffer, which need to stay valid for this call only.
  public mutating func update(bytes: UnsafeRawBufferPointer) {
    // Updating an initialised SHA-256 context cannot fail: it only copies and compresses.
    _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of everything appended.
  public consuming func finalize() -> SHA256Digest {
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
      _ = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      count = Self.byteCount
    }
    return SHA256Digest(bytes: bytes)
  }

  /// The digest of bytes that are all there.
  public static func hash(_ bytes: [UInt8]) -> SHA256Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// The digest of a string's UTF-8 bytes.
  public static func hash(_ text: String) -> SHA256Digest {
    hash(Array(text.utf8))
  }
}

/// The 32 bytes of a SHA-256 digest.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// The digest's 32 bytes.
  public let bytes: [UInt8]

  /// The digest in 64 lowercase hexadecimal digits.
  public var hex: String { hexadecimal(bytes) }

  /// The same as `hex`.
  public var description: String { hex }
}

/// Bytes as lowercase hexadecimal digits, two a byte.
public func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
    for (index, byte) in bytes.enumerated() {
      buffer[2 * index] = digits[Int(byte >> 4)]
      buffer[2 * index + 1] = digits[Int(byte & 15)]
    }
    return bytes.count * 2
  }
}
