import FlyingFox
import Foundation

/// A refusal in S3's terms: an HTTP status, a code and a message, sent as XML.
struct StorageError: Error, Equatable {
  var status: HTTPStatusCode
  var code: String
  var message: String

  init(_ status: HTTPStatusCode, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// The reply; a HEAD request gets no body.
  func response(to request: HTTPRequest) -> HTTPResponse {
    let id = UUID().uuidString.lowercased()
    let headers: [HTTPHeader: String] = [.contentType: "application/xml", HTTPHeader("x-amz-request-id"): id]
    let xml = """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>\(code)</Code><Message>\(escaped(message))</Message>\
      <Resource>\(escaped(request.target.path()))</Resource><RequestId>\(id)</RequestId></Error>
      """
    let body = request.method == .HEAD ? Data() : Data(xml.utf8)
    return HTTPResponse(statusCode: status, headers: HTTPHeaders(headers), body: body)
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
