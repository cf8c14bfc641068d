#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a request to one of the services failed, told so that a person can act on it.
public struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is; what follows from each is in SpeechKit's table of errors.
  public enum Kind: Hashable, Sendable {
    /// The request certainly did not arrive: resolving, connecting, a proxy or TLS failed.
    case unreachable
    /// Sent, at least in part, and no whole answer came.
    case unanswered
    /// 400: the request itself is wrong.
    case invalidArgument
    /// 401: the credential was refused, after one refresh where it can be refreshed.
    case unauthenticated
    /// 403: the account may not do this.
    case permissionDenied
    /// 404: no such thing, not yet, or no longer.
    case notFound
    /// 429: over a quota, after all the waiting.
    case resourceExhausted
    /// 500 and 502.
    case internalError
    /// 501.
    case unimplemented
    /// 503, after all the waiting.
    case unavailable
    /// 504.
    case deadlineExceeded
    /// A redirect, which is never followed, since a credential would go with it.
    case redirect
    /// Any other status that is not a success.
    case unexpectedStatus
    /// A success whose body cannot be understood.
    case malformedReply
    /// A reply larger than any true one.
    case replyTooLarge
    /// The file to send changed or could not be read.
    case sourceFile
    /// The task was cancelled.
    case cancelled
    /// The time given for waiting is over.
    case timedOut
    /// The operation itself failed.
    case operationFailed
  }

  /// What kind of failure it is.
  public var kind: Kind
  /// Method and address, without the query.
  public var request: String
  /// The HTTP status, where there was one.
  public var status: Int?
  /// The service's own code: gRPC's number where it gave one, else its text, as in `AccessDenied`.
  public var code: String?
  /// The service's message, or the cause in libcurl's words.
  public var message: String
  /// What to do about it.
  public var remedy: String?
  /// `x-client-request-id`, `x-request-id` and `x-server-trace-id`, for a letter to the service's support.
  public var identifiers: [String: String] = [:]
  /// Seconds that the service asked to wait.
  public var retryAfter: Double?
  /// Whether the service can have acted on the request. What a submit's fate hangs on.
  public var mayHaveArrived = true

  /// Where, what, what to do, and the ids to quote to support.
  public var description: String {
    var text = request + ": "
    if let status { text += "HTTP \(status)" + (code.map { " (\($0))" } ?? "") + ": " }
    text += message.isEmpty ? "no message" : message
    if let remedy { text += ". \(remedy)" }
    if !identifiers.isEmpty {
      text +=
        " [" + identifiers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + "]"
    }
    return text
  }
}

extension ServiceError {
  /// The kind of failure that an HTTP status stands for.
  static func kind(ofStatus status: Int) -> Kind {
    switch status {
    case 300..<400: .redirect
    case 400: .invalidArgument
    case 401: .unauthenticated
    case 403: .permissionDenied
    case 404: .notFound
    case 429: .resourceExhausted
    case 500, 502: .internalError
    case 501: .unimplemented
    case 503: .unavailable
    case 504: .deadlineExceeded
    default: .unexpectedStatus
    }
  }

  /// The kind of failure that gRPC's code stands for, which errors inside bodies and streams have; nil for a success
  /// and for codes that the service does not document.
  static func kind(ofCode code: String?) -> Kind? {
    switch code {
    case "3": .invalidArgument
    case "4": .deadlineExceeded
    case "5", "404": .notFound
    case "7": .permissionDenied
    case "8": .resourceExhausted
    case "12": .unimplemented
    case "13": .internalError
    case "14": .unavailable
    case "16": .unauthenticated
    default: nil
    }
  }

  /// Object Storage's names for a token that has to be renewed, which come with 400 and 403.
  private static let staleTokenCodes: Set = ["ExpiredToken", "InvalidToken", "TokenRefreshRequired"]

  /// An error for an answer that is no success.
  init(_ response: HTTPResponse, to request: HTTPRequest) {
    let body = ErrorBody(response.body)
    self.init(
      kind: Self.kind(ofStatus: response.status), request: request.summary, status: response.status, code: body.code,
      message: body.message)
    if let code, Self.staleTokenCodes.contains(code) { kind = .unauthenticated }
    if let location = response.headers["location"], kind == .redirect {
      message = "the service redirects to \(Printable.text(location, limit: 200)), which is not followed"
      remedy = "Give the right address as the endpoint, if you trust it"
    }
    retryAfter = response.headers["retry-after"].flatMap { RetryAfter.seconds($0, now: time(nil)) }
    identifiers = Self.identifiers(request, response)
  }

  /// An error for a request that got no answer.
  init(_ failure: TransportError, of request: HTTPRequest) {
    let kind: Kind =
      switch failure.kind {
      case .notSent: .unreachable
      case .unanswered: .unanswered
      case .replyTooLarge: .replyTooLarge
      case .sourceFile: .sourceFile
      case .cancelled: .cancelled
      }
    self.init(kind: kind, request: request.summary, message: failure.reason)
    identifiers = Self.identifiers(request, nil)
    switch failure.kind {
    case .notSent, .sourceFile, .cancelled(sent: false): mayHaveArrived = false
    case .unanswered, .replyTooLarge, .cancelled(sent: true): mayHaveArrived = true
    }
    if kind == .unreachable {
      remedy = "Nothing was sent: check the endpoint, the network and the proxy settings (https_proxy)"
    }
  }

  /// An error for a success that cannot be understood.
  init(malformed message: String, _ response: HTTPResponse, to request: HTTPRequest) {
    self.init(kind: .malformedReply, request: request.summary, status: response.status, message: message)
    identifiers = Self.identifiers(request, response)
  }

  private static func identifiers(_ request: HTTPRequest, _ response: HTTPResponse?) -> [String: String] {
    var found: [String: String] = [:]
    for header in request.headers where header.name == "x-client-request-id" {
      found[header.name] = header.value.exposed
    }
    for name in ["x-request-id", "x-server-trace-id", "x-amz-request-id"] {
      if let value = response?.headers[name] { found[name] = Printable.text(value, limit: 100) }
    }
    return found
  }
}

extension HTTPRequest {
  /// Method and address, without the query.
  var summary: String {
    "\(method.rawValue) \(endpoint)\(target.prefix { $0 != "?" })"
  }
}
