/// Asynchronous recognition over REST.
///
/// The functions but `submit` may be called any time again; they wait and repeat as the service's table of errors
/// says. All end early with an error of kind `cancelled` when their task is cancelled.
public struct SpeechKitClient: Sendable {
  private let connection: Connection
  /// State checks: the service's quota is five a second.
  private let checks = Pace(perSecond: 4.5)

  /// The role that recognition needs.
  private static let role = "ai.speechkit-stt.user"
  /// Results of the longest recordings are some tens of megabytes.
  private static let resultsLimit = 256 << 20

  /// How long the operation service may be away while an operation is waited for.
  private static let longestOutage = Duration.seconds(900)

  /// A client over a connection, which may be shared with others.
  public init(_ connection: Connection) {
    self.connection = connection
  }

  /// Submits audio for recognition.
  ///
  /// The service has no idempotency: what is sent twice is billed twice. The request is repeated only while it
  /// certainly was not accepted, and travels on a connection of its own.
  public func submit(_ recognition: RecognitionRequest) async throws(SubmissionError) -> RecognitionOperation {
    var request = HTTPRequest(
      method: .post, endpoint: connection.endpoints.speech, target: "/stt/v3/recognizeFileAsync")
    request.headers = [Header("Content-Type", "application/json")] + recognition.headers
    request.mayReuseConnection = false
    let response: HTTPResponse
    do throws(ServiceError) {
      request.body = try recognition.body(for: request)
      response = try await connection.perform(
        request, with: connection.speechAuthorizer, role: Self.role, mayRepeat: \.mayRepeatSubmit)
    } catch {
      throw error.leavesSubmitUnknown ? .unknown(error) : .refused(error)
    }
    guard let operation = RecognitionOperation(json: response.body) else {
      let error = Self.notAnOperation(response, request)
      throw error.leavesSubmitUnknown ? .unknown(error) : .refused(error)
    }
    return operation
  }

  /// The state of an operation.
  public func operation(_ id: String) async throws(ServiceError) -> RecognitionOperation {
    try await operation(id, action: "")
  }

  /// Asks the service to stop an operation; the reply is its state after that.
  public func cancel(_ id: String) async throws(ServiceError) -> RecognitionOperation {
    try await operation(id, action: ":cancel")
  }

  /// The results of an operation that is done.
  ///
  /// - Parameter isDone: whether the operation is known to have succeeded; then a 404 is asked about again a few times,
  ///   since the results may come a moment later.
  /// - Throws: an error of kind `notFound` before the operation is done, and once its results are three days old.
  public func results(_ id: String, isDone: Bool = false) async throws(ServiceError) -> RecognitionResult {
    var request = HTTPRequest(
      method: .get, endpoint: connection.endpoints.speech, target: target("getRecognition", id))
    request.replyLimit = Self.resultsLimit
    var attempt = 1
    while true {
      do throws(ServiceError) {
        let response = try await connection.perform(request, with: connection.speechAuthorizer, role: Self.role)
        return try Self.result(response, request)
      } catch {
        // Results that break off, though the connection ended well, or end with a fault of the service, may come
        // whole the next time. Errors by status were repeated already.
        let isWorthRepeating =
          error.kind == .malformedReply || isDone && error.kind == .notFound
          || error.status == 200 && error.isWorthRepeating
        guard isWorthRepeating, attempt < 4, let delay = connection.retry.delay(after: attempt, of: error) else {
          throw Self.explained(error)
        }
        try await pause(seconds: delay, of: request)
        attempt += 1
      }
    }
  }

  /// Deletes an operation's results from the service; results that are gone already are no error.
  public func delete(_ id: String) async throws(ServiceError) {
    let request = HTTPRequest(
      method: .delete, endpoint: connection.endpoints.speech, target: target("deleteRecognition", id))
    do throws(ServiceError) {
      _ = try await connection.perform(request, with: connection.speechAuthorizer, role: Self.role)
    } catch  where error.kind == .notFound {
      return
    }
  }

  /// Waits until an operation has succeeded or failed.
  ///
  /// - Parameters:
  ///   - timeout: seconds to wait at most, nil for no end.
  ///   - onCheck: told each state, the last included.
  public func wait(
    for id: String, schedule: PollSchedule, timeout: Double? = nil,
    onCheck: @Sendable (RecognitionOperation) -> Void = { _ in }
  ) async throws(ServiceError) -> RecognitionOperation {
    let request = operationRequest(id, action: "")
    let start = ContinuousClock.now
    var questions = 0
    var lastAnswer: ContinuousClock.Instant?
    while true {
      var delay = schedule.delay(after: questions)
      if let timeout {
        let left = timeout - (ContinuousClock.now - start) / .seconds(1)
        guard left > 0 else {
          throw ServiceError(
            kind: .timedOut, request: request.summary, message: "not done after \(timeout) seconds",
            remedy: "The operation goes on: come back with \"wavprep wait \(Printable.text(id))\"")
        }
        delay = min(delay, left)
      }
      try await pause(seconds: delay, of: request)
      questions += 1
      do throws(ServiceError) {
        let operation = try await operation(id)
        lastAnswer = .now
        onCheck(operation)
        if operation.state != .running { return operation }
      } catch {
        // An operation that was found goes on while the network is away: waiting is worth more than its first outage.
        guard error.isWorthRepeating, let lastAnswer, ContinuousClock.now - lastAnswer < Self.longestOutage else {
          throw error
        }
      }
    }
  }

  private func operation(_ id: String, action: String) async throws(ServiceError) -> RecognitionOperation {
    let request = operationRequest(id, action: action)
    do {
      try await checks.wait()
    } catch {
      throw ServiceError(TransportError(kind: .cancelled(sent: false), reason: "cancelled"), of: request)
    }
    let response = try await connection.perform(request, with: connection.speechAuthorizer, role: Self.role)
    guard let operation = RecognitionOperation(json: response.body) else {
      throw Self.notAnOperation(response, request)
    }
    return operation
  }

  /// An error that came as a success, or else a body that is no operation.
  private static func notAnOperation(_ response: HTTPResponse, _ request: HTTPRequest) -> ServiceError {
    let body = ErrorBody(response.body)
    var error = ServiceError(malformed: "the reply is no operation: \(body.message)", response, to: request)
    if let kind = ServiceError.kind(ofCode: body.code) {
      (error.kind, error.code, error.message) = (kind, body.code, body.message)
    }
    return error
  }

  private func operationRequest(_ id: String, action: String) -> HTTPRequest {
    HTTPRequest(
      method: .get, endpoint: connection.endpoints.operation,
      target: "/operations/\(PercentEncoding.query(id))\(action)")
  }

  private func target(_ method: String, _ id: String) -> String {
    "/stt/v3/\(method)?operation_id=\(PercentEncoding.query(id))"
  }

  /// What the stream says; an error in it, also after good objects, is the request's error.
  private static func result(
    _ response: HTTPResponse, _ request: HTTPRequest
  ) throws(ServiceError) -> RecognitionResult {
    let result: RecognitionResult
    do throws(ResultsError) {
      result = try RecognitionResult.parse(response.body)
    } catch {
      throw ServiceError(malformed: error.description, response, to: request)
    }
    if let failure = result.failures.first {
      var error = ServiceError(malformed: failure.message, response, to: request)
      error.code = failure.code
      error.kind = ServiceError.kind(ofCode: failure.code) ?? .operationFailed
      throw error
    }
    return result
  }

  private static func explained(_ error: ServiceError) -> ServiceError {
    var error = error
    if error.kind == .notFound {
      error.remedy = "The operation is not done yet, or its results are older than three days and gone"
    }
    return error
  }
}
