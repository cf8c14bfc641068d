import Cryptography
import Foundation
import Testing

@Suite("Cryptography agrees with Python's hashlib and cryptography")
struct CryptographyTests {
  @Test("SHA-256 of any length, in any pieces, is hashlib's", arguments: [0, 1, 55, 56, 64, 1000, 1_000_003])
  func digest(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
    let expected = try Tool.python(
      "import sys, hashlib; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest(), end='')", input: bytes)
    var pieces = SHA256()
    pieces.update(Array(bytes.prefix(count / 3)))
    pieces.update(bytes.span.extracting((count / 3)...).bytes)
    let digest = pieces.finalize()
    #expect(digest.hex == expected)
    #expect(SHA256.hash(bytes) == digest)
  }

  @Test("HMAC-SHA-256 is hmac's, for keys shorter and longer than a block", arguments: [0, 1, 64, 200])
  func authentication(keyCount: Int) throws {
    let key = [UInt8](repeating: 0xA5, count: keyCount)
    let expected = try Tool.python(
      "import sys, hmac; print(hmac.new(b'\\xa5' * int(sys.argv[1]), 'сообщение'.encode(), 'sha256').hexdigest(), end='')",
      ["\(keyCount)"])
    #expect(hexadecimal(HMAC.sha256("сообщение", key: key)) == expected)
  }

  @Test("Python verifies our PS256 signature with salt length 32, and we verify Python's")
  func signature() throws {
    let key = try RSAPrivateKey(generatingBits: 2048)
    let message = Array("header.claims".utf8)
    let signature = try key.signPS256(message)
    let answer = try Tool.python(
      """
      import sys, base64
      from cryptography.hazmat.primitives import hashes, serialization
      from cryptography.hazmat.primitives.asymmetric import padding
      key = serialization.load_pem_private_key(sys.argv[1].encode(), None)
      scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
      key.public_key().verify(bytes.fromhex(sys.argv[2]), b'header.claims', scheme, hashes.SHA256())
      print(key.sign(b'header.claims', scheme, hashes.SHA256()).hex(), end='')
      """, [try key.pem(), hexadecimal(signature)])
    let theirs = stride(from: 0, to: answer.count, by: 2).compactMap { offset in
      UInt8(answer.dropFirst(offset).prefix(2), radix: 16)
    }
    let publicKey = try RSAPublicKey(pem: try key.publicKey.pem())
    #expect(publicKey.isValidPS256(theirs, for: message))
    #expect(try RSAPublicKey(pem: try key.pem()).isValidPS256(signature, for: message))
    #expect(!publicKey.isValidPS256(theirs, for: message + [0]))
    #expect(!publicKey.isValidPS256([], for: message))
  }

  @Test("a key may follow a warning line; what is no key is refused without a prompt")
  func pem() throws {
    let pem = try RSAPrivateKey(generatingBits: 2048).pem()
    _ = try RSAPrivateKey(pem: "PLEASE DO NOT REMOVE THIS LINE!\n" + pem)
    #expect(throws: CryptographyError.self) { try RSAPrivateKey(pem: "") }
    #expect(throws: CryptographyError.self) { try RSAPrivateKey(pem: String(pem.dropLast(200))) }
    let encrypted = try Tool.run(["openssl", "rsa", "-aes128", "-passout", "pass:secret"], input: Array(pem.utf8))
    #expect(throws: CryptographyError.self) { try RSAPrivateKey(pem: String(decoding: encrypted, as: UTF8.self)) }
    let elliptic = try Tool.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
    #expect(throws: CryptographyError.self) { try RSAPrivateKey(pem: String(decoding: elliptic, as: UTF8.self)) }
  }

  @Test("equal bytes are equal, others are not")
  func comparison() {
    #expect(constantTimeEqual([1, 2], [1, 2]))
    #expect(constantTimeEqual([], []))
    #expect(!constantTimeEqual([1, 2], [1, 3]))
    #expect(!constantTimeEqual([1], [1, 2]))
  }
}
