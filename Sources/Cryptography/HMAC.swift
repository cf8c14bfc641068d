import COpenSSL

/// Message authentication with SHA-256 (RFC 2104).
public enum HMAC {
  /// The 32-byte code of a message under a key of any length.
  public static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { code, count in
      // A null key means "the last one" to libcrypto; an empty array may have a null address.
      let key = key.isEmpty ? [0] : key
      let keyCount = Int32(clamping: key.count)
      _ = COpenSSL.HMAC(EVP_sha256(), key, keyCount, message, message.count, code.baseAddress, nil)
      count = SHA256.byteCount
    }
  }

  /// The 32-byte code of a string's UTF-8 bytes.
  public static func sha256(_ message: String, key: [UInt8]) -> [UInt8] {
    sha256(Array(message.utf8), key: key)
  }
}

/// Whether two byte strings are equal, in a time that depends on their lengths only, so that whoever guesses a
/// signature learns nothing from how long the refusal takes.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
