/// How often, and how long after, a request is made again.
public struct RetryPolicy: Hashable, Sendable {
  /// How many times a request is made, at most, when the network or the service fails.
  public var attempts: Int
  /// How many times, at most, when the service says that there are too many requests (429): a quota by the hour asks
  /// for more patience than a fault.
  public var throttledAttempts: Int
  /// The first wait in seconds; every next one is twice as long.
  public var firstDelay: Double
  /// The longest wait in seconds, unless the service asks for a longer one.
  public var longestDelay: Double

  /// The default waits about half a minute for a fault, and half an hour for a quota.
  public init(
    attempts: Int = 6, throttledAttempts: Int = 40, firstDelay: Double = 1, longestDelay: Double = 60
  ) {
    self.attempts = attempts
    self.throttledAttempts = throttledAttempts
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
  }

  /// Seconds to wait after the given attempt, the first being 1; nil when that was the last.
  ///
  /// The random half keeps clients that failed together from coming back together.
  func delay(after attempt: Int, of error: ServiceError) -> Double? {
    let limit =
      switch error.kind {
      case .resourceExhausted: throttledAttempts
      // Mostly a mistyped endpoint or a missing network, which whoever waits wants to know soon.
      case .unreachable: min(attempts, 3)
      default: attempts
      }
    guard attempt < limit else { return nil }
    let doubled = min(longestDelay, firstDelay * Double(1 << min(attempt - 1, 20)))
    let jittered = doubled * Double.random(in: 0.5...1)
    return max(jittered, error.retryAfter ?? 0)
  }
}

extension ServiceError {
  /// Whether a request that changes nothing by being repeated is worth repeating.
  var isWorthRepeating: Bool {
    switch kind {
    case .unreachable, .unanswered, .resourceExhausted, .internalError, .unavailable, .deadlineExceeded: true
    default: false
    }
  }

  /// Whether a submit may be repeated: it certainly was not accepted, and the next one may be.
  var mayRepeatSubmit: Bool {
    switch kind {
    case .unreachable, .resourceExhausted, .unavailable: true
    default: false
    }
  }

  /// Whether a submit that failed so may have been accepted all the same.
  var leavesSubmitUnknown: Bool {
    // An IAM token that could not be had fails the submit too, but nothing was submitted.
    guard mayHaveArrived else { return false }
    return switch kind {
    case .unanswered, .internalError, .deadlineExceeded, .malformedReply, .replyTooLarge, .cancelled: true
    // A status that the table of errors does not know: 5xx, and 408, say nothing about what came of the request.
    case .unexpectedStatus: (status ?? 500) >= 500 || status == 408
    default: false
    }
  }
}

/// Sleeps that end with the task.
func pause(seconds: Double, of request: HTTPRequest) async throws(ServiceError) {
  do {
    try await Task.sleep(for: .milliseconds(Int64(min(max(seconds, 0), 86_400) * 1000)))
  } catch {
    throw ServiceError(TransportError(kind: .cancelled(sent: false), reason: "cancelled"), of: request)
  }
}
