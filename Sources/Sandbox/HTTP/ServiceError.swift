import FlyingFox

/// A refusal in the service's terms: a gRPC status code and a message for people.
struct ServiceError: Error, Codable, Equatable, Sendable {
  var code: Code
  var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The gRPC status codes that the service uses (grpc.io, "Status codes and their use in gRPC").
  enum Code: Int, Codable, Sendable {
    case cancelled = 1
    case invalidArgument = 3
    case notFound = 5
    case permissionDenied = 7
    case resourceExhausted = 8
    case internalError = 13
    case unavailable = 14
    case unauthenticated = 16
  }

  /// The HTTP status that goes with the code.
  var status: HTTPStatusCode {
    switch code {
    case .cancelled: HTTPStatusCode(499, phrase: "Client Closed Request")
    case .invalidArgument: .badRequest
    case .notFound: .notFound
    case .permissionDenied: .forbidden
    case .resourceExhausted: .tooManyRequests
    case .internalError: .internalServerError
    case .unavailable: .serviceUnavailable
    case .unauthenticated: .unauthorized
    }
  }

  /// `{"code", "message", "details"}`, as it stands in bodies and in operations.
  var json: JSON {
    .object(["code": .number(Double(code.rawValue)), "message": .string(message), "details": .array([])])
  }
}
