import COpenSSL

/// Why a key could not be read, or a signature not be made.
public struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried and how it failed; never contains key material.
  public let description: String

  /// An error with libcrypto's own reason where it gave one.
  init(_ what: String) {
    var reason: String?
    while case let code = ERR_get_error(), code != 0 {
      reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? reason
    }
    description = reason.map { "\(what): \($0)" } ?? what
  }
}

/// A private RSA key that signs with PS256: RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes
/// (RFC 7518, section 3.5).
///
/// It never shows its contents: a description says its length only.
public struct RSAPrivateKey: Sendable, CustomStringConvertible {
  private let key: KeyHandle

  /// Reads the first PEM block of a text, PKCS #8 or PKCS #1, unencrypted; lines before `-----BEGIN` are skipped.
  public init(pem: String) throws(CryptographyError) {
    key = try KeyHandle(pem: pem, private: true)
  }

  /// Makes a new key, for servers that stand in for others in tests.
  public init(generatingBits bits: Int) throws(CryptographyError) {
    key = try KeyHandle(generatingBits: bits)
  }

  /// The key's length, as in `RSA private key, 2048 bits`.
  public var description: String { "RSA private key, \(key.bits) bits" }

  /// The public half, which verifies what this key signs.
  public var publicKey: RSAPublicKey { RSAPublicKey(key: key) }

  /// The key as PKCS #8 in PEM: a secret.
  public func pem() throws(CryptographyError) -> String {
    try key.pem { bio, key in PEM_write_bio_PrivateKey(bio, key, nil, nil, 0, nil, nil) }
  }

  /// The PS256 signature of a message, as long as the key.
  public func signPS256(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
    ERR_clear_error()
    let context = SignatureContext()
    var pss: OpaquePointer?
    var count = key.bits / 8 + 1
    var signature = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSignInit(context.handle, &pss, EVP_sha256(), nil, key.handle) == 1, usePS256(pss),
      EVP_DigestSign(context.handle, &signature, &count, message, message.count) == 1
    else { throw CryptographyError("cannot sign with this RSA key") }
    return Array(signature.prefix(count))
  }
}

/// A public RSA key that verifies PS256 signatures.
public struct RSAPublicKey: Sendable, CustomStringConvertible {
  fileprivate let key: KeyHandle

  fileprivate init(key: KeyHandle) {
    self.key = key
  }

  /// Reads the first PEM block of a text: a public key (`BEGIN PUBLIC KEY`), or the public half of a private one.
  public init(pem: String) throws(CryptographyError) {
    key = try KeyHandle(pem: pem, private: pem.contains("PRIVATE KEY-----"))
  }

  /// The key's length, as in `RSA public key, 2048 bits`.
  public var description: String { "RSA public key, \(key.bits) bits" }

  /// The key as SubjectPublicKeyInfo in PEM.
  public func pem() throws(CryptographyError) -> String {
    try key.pem { bio, key in PEM_write_bio_PUBKEY(bio, key) }
  }

  /// Whether `signature` is a PS256 signature of `message` by this key's other half.
  public func isValidPS256(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    let context = SignatureContext()
    var pss: OpaquePointer?
    guard EVP_DigestVerifyInit(context.handle, &pss, EVP_sha256(), nil, key.handle) == 1, usePS256(pss) else {
      return false
    }
    defer { ERR_clear_error() }
    return EVP_DigestVerify(context.handle, signature, signature.count, message, message.count) == 1
  }
}

/// Sets the padding, mask and salt of PS256; the key context belongs to its signature context.
private func usePS256(_ context: OpaquePointer?) -> Bool {
  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
    && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(SHA256.byteCount)) == 1
    && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
}

/// Owns the state of one signature.
private struct SignatureContext: ~Copyable {
  let handle = EVP_MD_CTX_new()

  deinit {
    EVP_MD_CTX_free(handle)
  }
}
