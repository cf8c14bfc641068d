import Cryptography
import FlyingFox

/// Decides who may ask the service for what.
struct AccessControl: Sendable {
  let credentials: Credentials
  let iam: IAMService

  /// The header in which a user account names a folder.
  static let folderHeader = HTTPHeader("x-folder-id")

  /// Lets a request to the recogniser and its operations pass, or says why not.
  func checkService(_ request: HTTPRequest) throws(ServiceError) {
    guard let authorization = request.headers[.authorization] else {
      throw ServiceError(.unauthenticated, "no Authorization header")
    }
    let parts = authorization.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ServiceError(.unauthenticated, "the Authorization header has no credential") }
    switch parts[0] {
    case "Api-Key": try check(apiKey: parts[1])
    case "Bearer": try check(bearer: parts[1])
    default: throw ServiceError(.unauthenticated, "the Authorization header is neither Api-Key nor Bearer")
    }
    if let folder = request.headers[Self.folderHeader], folder != Credentials.folderID {
      throw ServiceError(.permissionDenied, "folder \(folder) is not the service account's own")
    }
  }

  private func check(apiKey: String) throws(ServiceError) {
    if isSame(apiKey, credentials.apiKeyWithoutRole) {
      throw ServiceError(.permissionDenied, "the service account lacks the role ai.speechkit-stt.user")
    }
    guard isSame(apiKey, credentials.apiKey) else {
      throw ServiceError(.unauthenticated, "unknown API key")
    }
  }

  /// Lets a bearer of an IAM token pass.
  func check(bearer token: String) throws(ServiceError) {
    guard iam.accepts(token: token) else {
      throw ServiceError(.unauthenticated, "the IAM token is unknown or has expired")
    }
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    constantTimeEqual(Array(left.utf8), Array(right.utf8))
  }
}
