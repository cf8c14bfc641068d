import FlyingFox
import Foundation

/// The recogniser's methods over HTTP.
struct RecognitionRoutes: Sendable {
  let access: AccessControl
  let folder: StateFolder
  let operations: OperationStore
  let queue: RecognitionQueue

  /// `POST /stt/v3/recognizeFileAsync`
  func submit(_ request: HTTPRequest, body: inout RequestBody) async throws -> HTTPResponse {
    do {
      try access.checkService(request)
    } catch {
      try await body.drain()
      return .refusal(error)
    }
    guard let data = try await body.collect(limit: RecognizeRequest.bodyLimit) else {
      return .refusal(ServiceError(.invalidArgument, "the body has more than \(RecognizeRequest.bodyLimit) bytes"))
    }
    do {
      // Sixty megabytes of base64 take a while.
      let parsed = try await blocking {
        guard let json = JSON(data) else { throw ServiceError(.invalidArgument, "the body is no JSON") }
        return try RecognizeRequest(json)
      }
      let operation = try await accept(parsed, clientRequestID: request.headers[HTTPHeader("x-client-request-id")])
      return .json(operation.json)
    } catch let error as ServiceError {
      return .refusal(error)
    }
  }

  private func accept(_ request: RecognizeRequest, clientRequestID: String?) async throws -> Operation {
    let id = "f8d" + UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(17)
    let audio: Operation.Audio
    switch request.audio {
    case .uri(let uri): audio = .uri(uri)
    case .content(let data):
      audio = .inline(file: "inline/\(id).wav")
      try folder.save(data, as: "inline/\(id).wav")
    }
    let operation = Operation(
      id: id, createdAt: .now, modifiedAt: .now, audio: audio, labelsSpeakers: request.labelsSpeakers,
      sessionID: UUID().uuidString.lowercased(), clientRequestID: clientRequestID)
    try await operations.accept(operation)
    await queue.add(id)
    return operation
  }

  /// `GET /operations/{id}`
  func operation(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(ServiceError) {
      return .json(try await find(request.operationInPath, for: request).json)
    } catch {
      return .refusal(error)
    }
  }

  /// `GET /operations/{id}:cancel`
  func cancel(_ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      let operation = try await find(request.operationInPath, for: request)
      await queue.cancel(operation.id)
      if case .inline(let file) = operation.audio { folder.remove(file) }
      _ = try await operations.finish(operation.id, error: ServiceError(.cancelled, "the operation was cancelled"))
      return .json(try await find(operation.id, for: request).json)
    } catch let error as ServiceError {
      return .refusal(error)
    }
  }

  /// `GET /stt/v3/getRecognition`
  func results(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(ServiceError) {
      let operation = try await find(request.operationInQuery, for: request)
      if let error = operation.error { throw error }
      guard operation.done, let results = FileManager.default.contents(atPath: folder.file(operation.resultsFile))
      else {
        throw ServiceError(.notFound, "operation \(operation.id) has no results, yet or any more")
      }
      return HTTPResponse(statusCode: .ok, headers: HTTPHeaders([.contentType: "application/json"]), body: results)
    } catch {
      return .streamRefusal(error)
    }
  }

  /// `DELETE /stt/v3/deleteRecognition`
  func delete(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(ServiceError) {
      folder.remove(try await find(request.operationInQuery, for: request).resultsFile)
      return .json(.object([:]))
    } catch {
      return .refusal(error)
    }
  }

  private func find(_ id: String, for request: HTTPRequest) async throws(ServiceError) -> Operation {
    try access.checkService(request)
    guard !id.isEmpty else { throw ServiceError(.invalidArgument, "operation_id: required") }
    guard let operation = await operations.operation(id) else {
      throw ServiceError(.notFound, "there is no operation \(id)")
    }
    return operation
  }
}
