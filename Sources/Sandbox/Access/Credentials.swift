import Cryptography
import Foundation

/// What a client needs to be let in, made at random for each state folder and kept in it.
struct Credentials: Codable, Sendable {
  /// The API key of the service account.
  var apiKey: String
  /// A key of an account that may not recognise: known, and refused with 403.
  var apiKeyWithoutRole: String
  /// The name of the static storage key.
  var accessKeyID: String
  /// The secret of the static storage key.
  var secretAccessKey: String
  /// The service account.
  var serviceAccountID: String
  /// The name of the service account's authorized key.
  var keyID: String
  /// The authorized key: RSA, PKCS #8, PEM.
  var privateKey: String
  /// Signs the IAM tokens that the sandbox gives out.
  var tokenSecret: String

  /// The folder of the service account. A request that names another is refused.
  static let folderID = "b1gsandbox0000000000"

  /// New credentials.
  static func make() throws -> Credentials {
    Credentials(
      apiKey: "AQVN" + random(36), apiKeyWithoutRole: "AQVN" + random(36), accessKeyID: "YCAJ" + random(21),
      secretAccessKey: "YC" + random(38), serviceAccountID: "aje" + random(17).lowercased(),
      keyID: "aje" + random(17).lowercased(), privateKey: try RSAPrivateKey(generatingBits: 2048).pem(),
      tokenSecret: random(40))
  }

  /// Letters and digits from the system's random source.
  private static func random(_ count: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return String((0..<count).map { _ in letters[Int.random(in: letters.indices)] })
  }

  /// The authorized key file as the service's console hands it out, with the warning line before the key.
  var authorizedKeyFile: JSON {
    .object([
      "id": .string(keyID),
      "service_account_id": .string(serviceAccountID),
      "key_algorithm": .string("RSA_2048"),
      "private_key": .string("PLEASE DO NOT REMOVE THIS LINE! Sandbox key ID <\(keyID)>\n" + privateKey),
    ])
  }
}
