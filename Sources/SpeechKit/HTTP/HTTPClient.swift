/// Sends requests over libcurl, any number at a time, on one thread of its own.
///
/// libcurl opens at the first request. The thread ends when the client goes and its last request is answered.
final class HTTPClient: Sendable {
  struct Settings: Sendable {
    var timeouts = HTTPTimeouts()
    /// A PEM file of the certificate authorities to trust instead of the system's.
    var authorityFile: String?
    var userAgent = "wavprep"
  }

  private let settings: Settings
  private let loop = TransferLoop()

  init(settings: Settings) {
    self.settings = settings
  }

  deinit {
    loop.stop()
  }

  /// The server's answer, whatever its status. Redirects are not followed: they are answers too.
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let ticket = loop.takeTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.start(ticket, Exchange(request: request, settings: settings) { continuation.resume(returning: $0) })
      }
    } onCancel: {
      loop.cancel(ticket)
    }
    return try result.get()
  }
}

/// A request on its way to the loop, with the place to put its answer.
struct Exchange: Sendable {
  let request: HTTPRequest
  let settings: HTTPClient.Settings
  let finish: @Sendable (Result<HTTPResponse, TransportError>) -> Void

  init(
    request: HTTPRequest, settings: HTTPClient.Settings,
    finish: @escaping @Sendable (Result<HTTPResponse, TransportError>) -> Void
  ) {
    self.request = request
    self.settings = settings
    self.finish = finish
  }
}
