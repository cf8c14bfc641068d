import Cryptography

/// A service account's authorized key, which is exchanged for IAM tokens.
public struct ServiceAccountKey: Sendable, CustomStringConvertible {
  /// The key's id.
  public let id: String
  /// The service account's id.
  public let serviceAccountID: String
  private let privateKey: RSAPrivateKey

  /// Reads the JSON file that the service's console and command line make: `id`, `service_account_id` and
  /// `private_key`, an RSA key in PEM, sometimes with a warning line in front.
  public init(json: [UInt8], origin: String) throws(CredentialError) {
    guard let object = LenientJSON.object(json) else { throw CredentialError("\(origin) is not a JSON object") }
    func field(_ name: String) throws(CredentialError) -> String {
      guard let text = object.text(name), !text.isEmpty else { throw CredentialError("\(origin) has no \"\(name)\"") }
      return text
    }
    id = try field("id")
    serviceAccountID = try field("service_account_id")
    let pem = try field("private_key")
    do {
      privateKey = try RSAPrivateKey(pem: pem)
    } catch {
      throw CredentialError("\"private_key\" in \(origin): \(error)")
    }
  }

  /// Ids only.
  public var description: String { "key \(id) of service account \(serviceAccountID)" }

  /// A JSON Web Token (RFC 7519) that asks for an IAM token, signed with PS256; good for an hour.
  ///
  /// - Parameters:
  ///   - audience: the address of the exchange.
  ///   - now: seconds since 1970.
  func webToken(audience: String, now: Int) throws(CryptographyError) -> Secret {
    let header = #"{"typ":"JWT","alg":"PS256","kid":\#(JSONText.string(id))}"#
    let claims =
      #"{"iss":\#(JSONText.string(serviceAccountID)),"aud":\#(JSONText.string(audience)),"iat":\#(now),"exp":\#(now + 3600)}"#
    let signed = Base64.encodeForURL(Array(header.utf8)) + "." + Base64.encodeForURL(Array(claims.utf8))
    let signature = try privateKey.signPS256(Array(signed.utf8))
    return Secret(signed + "." + Base64.encodeForURL(signature))
  }
}
