import FlyingFox

/// What a request asks for, told from its method and path.
public enum Endpoint: String, Sendable, CaseIterable {
  /// `POST /stt/v3/recognizeFileAsync`
  case submit
  /// `GET /operations/{id}`
  case operation
  /// `GET /operations/{id}:cancel`
  case cancel
  /// `GET /stt/v3/getRecognition`
  case results
  /// `DELETE /stt/v3/deleteRecognition`
  case delete
  /// `POST /iam/v1/tokens`
  case token
  /// `GET /computeMetadata/v1/instance/service-accounts/default/token`
  case metadata
  /// Everything else: an object in a bucket.
  case storage

  /// Its place in the list of all.
  var number: Int { Endpoint.allCases.firstIndex(of: self) ?? 0 }

  init(_ request: HTTPRequest) {
    let path = request.target.path()
    switch (request.method, path) {
    case (.POST, "/stt/v3/recognizeFileAsync"): self = .submit
    case (.GET, "/stt/v3/getRecognition"): self = .results
    case (.DELETE, "/stt/v3/deleteRecognition"): self = .delete
    case (.POST, "/iam/v1/tokens"): self = .token
    case (.GET, "/computeMetadata/v1/instance/service-accounts/default/token"): self = .metadata
    case (.GET, _) where path.hasPrefix("/operations/"): self = path.hasSuffix(":cancel") ? .cancel : .operation
    default: self = .storage
    }
  }
}

extension HTTPRequest {
  /// The operation that the path names: `/operations/{id}` or `/operations/{id}:cancel`.
  var operationInPath: String {
    let name = target.path().dropFirst("/operations/".count)
    return String(name.hasSuffix(":cancel") ? name.dropLast(":cancel".count) : name)
  }

  /// The operation that the query names, in either spelling; empty if it names none.
  var operationInQuery: String {
    query.first { $0.name == "operation_id" || $0.name == "operationId" }?.value ?? ""
  }
}
