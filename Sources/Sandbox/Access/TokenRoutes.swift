import FlyingFox
import Foundation

/// The two ways to an IAM token: a signed JWT, and the metadata service of a virtual machine.
struct TokenRoutes: Sendable {
  let iam: IAMService

  /// `POST /iam/v1/tokens`
  func exchange(_ body: inout RequestBody) async throws -> HTTPResponse {
    guard let data = try await body.collect(limit: 1 << 16), let request = JSON(data) else {
      return .refusal(ServiceError(.invalidArgument, "the body is no JSON, or too long"))
    }
    guard let jwt = request["jwt"]?.text else {
      return .refusal(ServiceError(.invalidArgument, "jwt: required"))
    }
    do throws(ServiceError) {
      try iam.check(jwt: jwt)
    } catch {
      return .refusal(error)
    }
    let (token, expires) = iam.issueToken()
    // The service writes nanoseconds; a client has to cope with more digits than a date formatter likes.
    let stamp = expires.formatted(.iso8601).dropLast() + ".123456789Z"
    return .json(.object(["iamToken": .string(token), "expiresAt": .string(String(stamp))]))
  }

  /// `GET /computeMetadata/v1/instance/service-accounts/default/token`
  func metadata(_ request: HTTPRequest) -> HTTPResponse {
    // Without the header a web page could be tricked into asking; the real one refuses too.
    guard request.headers[HTTPHeader("Metadata-Flavor")] == "Google" else {
      return .text("Metadata-Flavor: Google is missing", status: .forbidden)
    }
    let token = iam.issueToken().token
    return .json(
      .object([
        "access_token": .string(token), "expires_in": .number(IAMService.lifetime), "token_type": .string("Bearer"),
      ]))
  }
}
