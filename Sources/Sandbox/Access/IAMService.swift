import Cryptography
import Foundation

/// Exchanges signed JWTs for IAM tokens, and knows the tokens it gave out.
///
/// A token carries its own expiry and a code under the sandbox's secret, so none has to be stored.
struct IAMService: Sendable {
  private let credentials: Credentials
  private let publicKey: RSAPublicKey

  /// How long a token lives.
  static let lifetime: TimeInterval = 12 * 3600
  /// The audience that a JWT has to name, whatever host the exchange runs on.
  static let audience = "https://iam.api.cloud.yandex.net/iam/v1/tokens"
  /// How far a client's clock may be ahead.
  static let clockSkew: TimeInterval = 60

  init(_ credentials: Credentials) throws {
    self.credentials = credentials
    publicKey = try RSAPublicKey(pem: credentials.privateKey)
  }

  /// A token for the service account, and when it ends.
  func issueToken(now: Date = .now) -> (token: String, expires: Date) {
    let expires = now.addingTimeInterval(Self.lifetime)
    let claim = String(Int(expires.timeIntervalSince1970))
    return ("t1." + claim + "." + code(of: claim), expires)
  }

  /// Whether a token was given out here and is still good.
  func accepts(token: String, now: Date = .now) -> Bool {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == "t1", let expires = Double(parts[1]) else { return false }
    return constantTimeEqual(Array(parts[2].utf8), Array(code(of: parts[1]).utf8))
      && now.timeIntervalSince1970 < expires
  }

  private func code(of claim: String) -> String {
    hexadecimal(HMAC.sha256("t1." + claim, key: Array(credentials.tokenSecret.utf8)))
  }

  /// Checks a JWT (RFC 7519) signed with PS256 (RFC 7518, section 3.5) by the service account's key.
  func check(jwt: String, now: Date = .now) throws(ServiceError) {
    let parts = jwt.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = JSON(base64URL: parts[0]), let claims = JSON(base64URL: parts[1]),
      let signature = base64URLDecoded(parts[2])
    else { throw ServiceError(.invalidArgument, "jwt: not three base64url parts of which two are JSON") }

    guard header["alg"] == .string("PS256"), header["typ"] == .string("JWT") else {
      throw ServiceError(.invalidArgument, "jwt: the header needs typ=JWT and alg=PS256")
    }
    guard header["kid"] == .string(credentials.keyID) else {
      throw ServiceError(.unauthenticated, "jwt: kid names no key of this service account")
    }
    guard publicKey.isValidPS256(signature, for: Array("\(parts[0]).\(parts[1])".utf8)) else {
      throw ServiceError(.unauthenticated, "jwt: the signature is not valid")
    }
    try check(claims: claims, now: now.timeIntervalSince1970)
  }

  private func check(claims: JSON, now: TimeInterval) throws(ServiceError) {
    guard claims["iss"] == .string(credentials.serviceAccountID) else {
      throw ServiceError(.unauthenticated, "jwt: iss is not the key's service account")
    }
    let audiences: [JSON] = if case .array(let many) = claims["aud"] { many } else { [claims["aud"] ?? .null] }
    guard audiences.contains(.string(Self.audience)) else {
      throw ServiceError(.unauthenticated, "jwt: aud is not \(Self.audience)")
    }
    guard case .number(let issued) = claims["iat"], case .number(let expires) = claims["exp"] else {
      throw ServiceError(.invalidArgument, "jwt: iat and exp have to be numbers")
    }
    guard issued <= now + Self.clockSkew, now < expires else {
      throw ServiceError(.unauthenticated, "jwt: it is not yet valid, or no longer")
    }
    guard expires - issued <= 3600 else {
      throw ServiceError(.unauthenticated, "jwt: exp is more than an hour after iat")
    }
  }
}

extension JSON {
  fileprivate init?(base64URL text: Substring) {
    guard let bytes = base64URLDecoded(text) else { return nil }
    self.init(Data(bytes))
  }
}

/// The bytes of unpadded base64url (RFC 4648, section 5); nil if it is none.
private func base64URLDecoded(_ text: Substring) -> [UInt8]? {
  guard !text.contains("="), !text.contains("+"), !text.contains("/") else { return nil }
  let standard = text.replacing("-", with: "+").replacing("_", with: "/")
  let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
  return Data(base64Encoded: standard + padding).map(Array.init)
}
