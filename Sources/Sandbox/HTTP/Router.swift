import FlyingFox
import Foundation

/// Gives every request to whoever answers it, and lets faults happen on the way.
struct Router: HTTPHandler {
  let recognition: RecognitionRoutes
  let tokens: TokenRoutes
  let storage: StorageRoutes
  let faults: FaultPlan

  /// How long `timeout` keeps a client waiting, in seconds: longer than any client waits.
  static let silence = 3600
  /// How late `slow` answers.
  static let delay = Duration.seconds(2)

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let endpoint = Endpoint(request)
    var body = RequestBody(request)
    switch await faults.next(at: endpoint) {
    case nil: return try await answer(request, endpoint, &body)
    case .resetBefore: return .hangUp
    case .resetAfter:
      _ = try await answer(request, endpoint, &body)
      return .hangUp
    case .timeout:
      _ = try await answer(request, endpoint, &body)
      try await Task.sleep(for: .seconds(Self.silence))
      return .hangUp
    case .slow:
      try await Task.sleep(for: Self.delay)
      return try await answer(request, endpoint, &body)
    case .truncateResults: return try await answer(request, endpoint, &body).cutInTheMiddle()
    case .http500: return try await refuse(.internalServerError, &body)
    case .http503: return try await refuse(.serviceUnavailable, &body)
    case .http429: return try await refuse(.tooManyRequests, &body, headers: [HTTPHeader("Retry-After"): "1"])
    }
  }

  private func answer(
    _ request: HTTPRequest, _ endpoint: Endpoint, _ body: inout RequestBody
  ) async throws -> HTTPResponse {
    switch endpoint {
    case .submit: return try await recognition.submit(request, body: &body)
    case .storage: return try await storage.respond(to: request, body: &body)
    case .token: return try await tokens.exchange(&body)
    default: try await body.drain()
    }
    return switch endpoint {
    case .operation: await recognition.operation(request)
    case .cancel: try await recognition.cancel(request)
    case .results: await recognition.results(request)
    case .delete: await recognition.delete(request)
    default: tokens.metadata(request)
    }
  }

  private func refuse(
    _ status: HTTPStatusCode, _ body: inout RequestBody, headers: [HTTPHeader: String] = [:]
  ) async throws -> HTTPResponse {
    try await body.drain()
    return .text("\(status.phrase): a fault that the sandbox was asked for", status: status, headers: headers)
  }
}
