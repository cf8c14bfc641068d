/// A way in which the sandbox misbehaves on purpose.
public enum Fault: String, Sendable, CaseIterable {
  /// The connection is closed before the request has had any effect.
  case resetBefore = "reset-before"
  /// The request takes effect, and the connection is closed without an answer.
  case resetAfter = "reset-after"
  /// The request takes effect, and no answer comes.
  case timeout
  /// HTTP 500 with a body of plain text; the request has no effect.
  case http500 = "http-500"
  /// HTTP 503 with a body of plain text; the request has no effect.
  case http503 = "http-503"
  /// HTTP 429 with a Retry-After of one second; the request has no effect.
  case http429 = "http-429"
  /// The connection is closed in the middle of a recognition's results.
  case truncateResults = "truncate-results"
  /// The answer comes two seconds late.
  case slow
}

/// How often a fault happens, and where.
///
///     FaultRule("http-503:0.25")        // a quarter of all requests
///     FaultRule("reset-after:1@submit") // every submission
public struct FaultRule: Sendable, Equatable {
  /// What happens.
  public var fault: Fault
  /// The share of requests it happens to, 0 to 1.
  public var rate: Double
  /// The only endpoint it happens at; nil for all.
  public var endpoint: Endpoint?

  /// A rule in parts.
  public init(_ fault: Fault, rate: Double, at endpoint: Endpoint? = nil) {
    self.fault = fault
    self.rate = rate
    self.endpoint = endpoint
  }

  /// Reads `KIND:RATE` or `KIND:RATE@ENDPOINT`; nil if it is neither, or the rate is not within 0…1.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let fault = Fault(rawValue: String(parts[0])) else { return nil }
    let place = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let rate = place.first.flatMap({ Double($0) }), (0...1).contains(rate) else { return nil }
    var endpoint: Endpoint?
    if place.count == 2 {
      guard let named = Endpoint(rawValue: String(place[1])) else { return nil }
      endpoint = named
    }
    self.init(fault, rate: rate, at: endpoint)
  }
}
