import COpenSSL

/// Owns a libcrypto key that never changes after it was made.
///
/// Unchecked because the pointer itself cannot be marked: libcrypto's keys may be read from several threads, each
/// with a signature context of its own.
final class KeyHandle: @unchecked Sendable {
  let handle: OpaquePointer

  private init(checking handle: OpaquePointer) throws(CryptographyError) {
    self.handle = handle
    guard EVP_PKEY_get_base_id(handle) == EVP_PKEY_RSA else {
      throw CryptographyError("the key is not an RSA key")
    }
  }

  /// Reads the first PEM block of a text, which has to be unencrypted.
  convenience init(pem: String, private isPrivate: Bool) throws(CryptographyError) {
    ERR_clear_error()
    let bytes = Array(pem.utf8)
    guard let count = Int32(exactly: bytes.count) else { throw CryptographyError("the key is too long") }
    let read = bytes.withUnsafeBytes { buffer -> OpaquePointer? in
      guard let bio = BIO_new_mem_buf(buffer.baseAddress, count) else { return nil }
      defer { BIO_free(bio) }
      return isPrivate
        ? PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, nil)
        : PEM_read_bio_PUBKEY(bio, nil, refusePassphrase, nil)
    }
    guard let read else {
      throw CryptographyError("not an unencrypted \(isPrivate ? "private" : "public") key in PEM")
    }
    try self.init(checking: read)
  }

  convenience init(generatingBits bits: Int) throws(CryptographyError) {
    ERR_clear_error()
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
    defer { EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1,
      EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1,
      EVP_PKEY_generate(context, &made) == 1, let made
    else { throw CryptographyError("cannot make an RSA key of \(bits) bits") }
    try self.init(checking: made)
  }

  deinit {
    EVP_PKEY_free(handle)
  }

  /// The length of the modulus in bits.
  var bits: Int { Int(EVP_PKEY_get_bits(handle)) }

  /// What `write` puts into a memory buffer.
  func pem(
    _ write: (_ bio: OpaquePointer, _ key: OpaquePointer) -> Int32
  ) throws(CryptographyError) -> String {
    ERR_clear_error()
    guard let bio = BIO_new(BIO_s_mem()) else { throw CryptographyError("no memory to write a key") }
    defer { BIO_free(bio) }
    guard write(bio, handle) == 1 else { throw CryptographyError("cannot write the key as PEM") }
    var count = 0
    let contents = UnsafeRawBufferPointer(start: copenssl_bio_contents(bio, &count), count: count)
    return String(decoding: contents, as: UTF8.self)
  }
}

/// Answers libcrypto's question for a passphrase with "none", so that it never asks on the terminal.
private func refusePassphrase(
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 {
  -1
}
