/// One request, ready to go.
struct HTTPRequest: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case post = "POST"
    case delete = "DELETE"
  }

  /// Keys for Signature V4, with which libcurl signs the request.
  struct Signing: Sendable {
    let accessKey: String
    let secretKey: Secret
    let region: String
  }

  var method: Method
  var endpoint: Endpoint
  /// Path and query, percent-encoded, with a slash at the front.
  var target: String
  var headers: [Header] = []
  var body: HTTPBody?
  var signing: Signing?
  /// The largest reply body that is taken, in bytes.
  var replyLimit = 1 << 20
  /// Whether the request may travel on a kept connection. libcurl sends a request again, by itself, when a kept
  /// connection closes without an answer: right for a read, but a submit could be accepted and billed twice.
  var mayReuseConnection = true

  var url: String { endpoint.description + target }
}

/// A header of a request; its value is left out of descriptions where it is a credential.
struct Header: Sendable {
  let name: String
  let value: Secret

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = Secret(value)
  }
}

/// What a server answered, whatever its status.
struct HTTPResponse: Sendable {
  let status: Int
  /// Names in lowercase. Of a name that came twice, the last.
  let headers: [String: String]
  let body: [UInt8]
}

/// How long to wait.
public struct HTTPTimeouts: Hashable, Sendable {
  /// Seconds for resolving, connecting and the TLS handshake together.
  public var connect: Double
  /// Seconds without a single byte in either direction, waiting for the answer included.
  public var stall: Double

  /// Waiting times in seconds.
  public init(connect: Double = 15, stall: Double = 60) {
    self.connect = connect
    self.stall = stall
  }
}

/// Why a request got no answer, and whether it can have arrived all the same.
struct TransportError: Error, Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Resolving, connecting, the proxy or TLS failed: the request certainly did not arrive.
    case notSent
    /// Sent, at least in part, and then no whole answer.
    case unanswered
    /// The answer is larger than any true one.
    case replyTooLarge
    /// The file to send changed or could not be read; the server got an unfinished request at most.
    case sourceFile
    /// The task was cancelled.
    case cancelled(sent: Bool)
  }

  let kind: Kind
  /// The cause in words.
  let reason: String
}
