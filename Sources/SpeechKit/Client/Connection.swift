import Logging

/// What all of the services' clients share: endpoints, credentials, one HTTP client, and the policy of retries.
///
/// Copies share the HTTP client and the cached IAM tokens. Nothing is loaded or opened before the first request.
public struct Connection: Sendable {
  /// Where the services stand.
  public let endpoints: Endpoints
  let http: HTTPClient
  let retry: RetryPolicy
  let logger: Logger
  let speechAuthorizer: Authorizer
  /// Nil without credentials for Object Storage.
  let storageAuthorizer: Authorizer?

  /// A connection that is used lazily.
  ///
  /// - Parameters:
  ///   - authorityFile: a PEM file of certificate authorities to trust instead of the system's.
  ///   - region: the region that Object Storage's signatures name.
  ///   - userAgent: the program's name and version.
  ///   - logger: told each answer (debug) and each wait before a repetition (info); never a credential.
  public init(
    endpoints: Endpoints = .standard, credentials: Credentials, authorityFile: String? = nil,
    region: String = "ru-central1", timeouts: HTTPTimeouts = HTTPTimeouts(), retry: RetryPolicy = RetryPolicy(),
    userAgent: String = "wavprep",
    logger: Logger = Logger(label: "wavprep.speechkit", factory: { _ in SwiftLogNoOpLogHandler() })
  ) {
    self.init(
      endpoints: endpoints, credentials: credentials, region: region, retry: retry,
      http: HTTPClient(
        settings: HTTPClient.Settings(timeouts: timeouts, authorityFile: authorityFile, userAgent: userAgent)),
      metadata: .virtualMachineMetadata, logger: logger)
  }

  /// A connection whose metadata service can be a stand-in.
  init(
    endpoints: Endpoints, credentials: Credentials, region: String, retry: RetryPolicy, http: HTTPClient,
    metadata: Endpoint, logger: Logger
  ) {
    self.endpoints = endpoints
    self.http = http
    self.retry = retry
    self.logger = logger
    let issuer = TokenIssuer(http: http, iam: endpoints.iam, metadata: metadata, retry: retry)
    speechAuthorizer = Authorizer(credential: credentials.speech, issuer: issuer, region: region)
    storageAuthorizer = credentials.storage.map { Authorizer(credential: $0, issuer: issuer, region: region) }
  }

  /// Sends a request until it succeeds, or fails for good.
  ///
  /// - Parameters:
  ///   - role: the role that a 403 asks for.
  ///   - mayRepeat: whether a failure leaves it right to send the request again.
  func perform(
    _ request: HTTPRequest, with authorizer: Authorizer, role: String,
    mayRepeat: (ServiceError) -> Bool = \.isWorthRepeating
  ) async throws(ServiceError) -> HTTPResponse {
    var attempt = 1
    var hasRefreshed = false
    while true {
      let grant = try await authorizer.grant()
      var authorized = request
      authorized.headers += grant.headers + [Header("x-client-request-id", RequestID.random())]
      authorized.signing = grant.signing
      do throws(ServiceError) {
        let response = try await http.answer(to: authorized)
        logger.debug("\(request.summary): HTTP \(response.status), \(response.body.count) bytes")
        return response
      } catch {
        if error.kind == .unauthenticated, !hasRefreshed, await authorizer.canReplace(grant) {
          hasRefreshed = true
          continue
        }
        guard mayRepeat(error), let delay = retry.delay(after: attempt, of: error) else {
          throw explained(error, authorizer.credential, role: role)
        }
        logger.info("\(error); again in \(Int(delay.rounded(.up))) s")
        try await pause(seconds: delay, of: request)
        attempt += 1
      }
    }
  }

  /// The error with what to do about it.
  private func explained(_ error: ServiceError, _ credential: Credential, role: String) -> ServiceError {
    var error = error
    switch error.kind {
    case .unauthenticated:
      error.remedy = "The service refused \(credential): see that it is valid and has not expired"
    case .permissionDenied:
      error.remedy = "Give the service account the role \(role), for the folder or the bucket; used was \(credential)"
    case .resourceExhausted:
      error.remedy = "A quota is used up: wait, send fewer at once, or ask the service for a larger one"
    default: break
    }
    return error
  }
}

/// Ids that name a request in the service's logs.
enum RequestID {
  /// A random UUID, version 4 (RFC 9562).
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    func digits(_ value: UInt64, _ count: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return [
      digits(high >> 32, 8), digits(high >> 16 & 0xFFFF, 4), digits(high & 0xFFFF, 4), digits(low >> 48, 4),
      digits(low & 0xFFFF_FFFF_FFFF, 12),
    ].joined(separator: "-")
  }
}
