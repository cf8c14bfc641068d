import FlyingFox
import Foundation

extension HTTPResponse {
  /// A reply of JSON with the ids that the service puts on every answer for its support.
  static func json(_ json: JSON, status: HTTPStatusCode = .ok) -> HTTPResponse {
    HTTPResponse(statusCode: status, headers: supportHeaders("application/json"), body: json.data)
  }

  /// A refusal as the service's unary methods word it.
  static func refusal(_ error: ServiceError) -> HTTPResponse {
    json(error.json, status: error.status)
  }

  /// A refusal as the service's streaming methods word it.
  static func streamRefusal(_ error: ServiceError) -> HTTPResponse {
    json(.object(["error": error.json]), status: error.status)
  }

  /// A reply of plain text, as proxies before the service give it.
  static func text(_ text: String, status: HTTPStatusCode, headers: [HTTPHeader: String] = [:]) -> HTTPResponse {
    let headers = supportHeaders("text/plain").merging(headers) { $1 }
    return HTTPResponse(statusCode: status, headers: HTTPHeaders(headers), body: Data(text.utf8))
  }

  /// No reply: the connection is closed.
  ///
  /// FlyingFox closes a connection without a byte only when a protocol upgrade fails before its response is
  /// written, so this is an upgrade that always fails.
  static var hangUp: HTTPResponse { HTTPResponse(webSocket: FailingUpgrade()) }

  private static func supportHeaders(_ type: String) -> HTTPHeaders {
    HTTPHeaders(supportHeaders(type))
  }

  private static func supportHeaders(_ type: String) -> [HTTPHeader: String] {
    [
      .contentType: type,
      HTTPHeader("x-request-id"): UUID().uuidString.lowercased(),
      HTTPHeader("x-server-trace-id"): UUID().uuidString.lowercased(),
    ]
  }
}

/// Fails before the first byte of an answer.
private struct FailingUpgrade: WSHandler {
  struct Refused: Error {}

  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    throw Refused()
  }
}
