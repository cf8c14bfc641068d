import Cryptography

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Turns a credential into what a request carries, and keeps the IAM token that it was exchanged for.
actor Authorizer {
  /// What one request carries.
  struct Grant: Sendable {
    var headers: [Header] = []
    var signing: HTTPRequest.Signing?
    /// Which token it was, so that its refusal drops this one and not a newer one.
    var generation = 0
  }

  private struct Token {
    let text: Secret
    let refreshAt: ContinuousClock.Instant
    let generation: Int
  }

  nonisolated let credential: Credential
  private let issuer: TokenIssuer
  private let region: String
  private var token: Token?
  private var generation = 0

  init(credential: Credential, issuer: TokenIssuer, region: String) {
    self.credential = credential
    self.issuer = issuer
    self.region = region
  }

  /// What the next request carries; makes a new IAM token where there is none, or the last one is an hour old.
  ///
  /// - Throws: an error that says that nothing was sent to the service itself.
  func grant() async throws(ServiceError) -> Grant {
    switch credential {
    case .apiKey(let key, _):
      return Grant(headers: [Header("Authorization", "Api-Key \(key.exposed)")])
    case .iamToken(let token, _):
      return Grant(headers: [Header("Authorization", "Bearer \(token.exposed)")])
    case .accessKey(let id, let secret, let session, _):
      let headers = session.map { [Header("x-amz-security-token", $0.exposed)] } ?? []
      return Grant(
        headers: headers, signing: HTTPRequest.Signing(accessKey: id, secretKey: secret, region: region))
    case .serviceAccountKey, .virtualMachine:
      let token = try await currentToken()
      return Grant(headers: [Header("Authorization", "Bearer \(token.text.exposed)")], generation: token.generation)
    }
  }

  /// Whether asking again can help after a 401: the refused token is dropped, and the next grant makes a new one.
  func canReplace(_ refused: Grant) -> Bool {
    switch credential {
    case .apiKey, .iamToken, .accessKey: return false
    case .serviceAccountKey, .virtualMachine:
      if token?.generation == refused.generation { token = nil }
      return true
    }
  }

  private func currentToken() async throws(ServiceError) -> Token {
    if let token, ContinuousClock.now < token.refreshAt { return token }
    do {
      let issued = try await issuer.issue(for: credential)
      generation += 1
      let fresh = Token(text: issued.token, refreshAt: .now + issued.freshFor, generation: generation)
      token = fresh
      return fresh
    } catch {
      // An hour-old token is good for hours yet: a failed refresh must not stop what still works.
      if let token, error.isWorthRepeating { return token }
      var error = error
      error.mayHaveArrived = false
      throw error
    }
  }
}

/// Gets IAM tokens: from the exchange for authorized keys, or from the virtual machine's metadata.
struct TokenIssuer: Sendable {
  let http: HTTPClient
  let iam: Endpoint
  let metadata: Endpoint
  let retry: RetryPolicy

  /// Tokens live for 12 hours at most and are to be refreshed hourly.
  private static let refreshInterval = 3600.0

  func issue(for credential: Credential) async throws(ServiceError) -> (token: Secret, freshFor: Duration) {
    let request: HTTPRequest
    let key: String
    if case .serviceAccountKey(let serviceAccountKey, _) = credential {
      request = try exchange(serviceAccountKey)
      key = "iamToken"
    } else {
      request = HTTPRequest(
        method: .get, endpoint: metadata,
        target: "/computeMetadata/v1/instance/service-accounts/default/token",
        headers: [Header("Metadata-Flavor", "Google")])
      key = "access_token"
    }
    let response = try await send(request, for: credential)
    let object = LenientJSON.object(response.body)
    guard let text = object?.text(key), !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ServiceError(malformed: "the reply has no \"\(key)\"", response, to: request)
    }
    // A token that ends sooner than in an hour is renewed a minute before its end.
    let lifetime = object?.text("expires_in").flatMap(Double.init) ?? .infinity
    let freshFor = min(Self.refreshInterval, max(1, lifetime - 60))
    return (Secret(text), .seconds(freshFor))
  }

  private func exchange(_ key: ServiceAccountKey) throws(ServiceError) -> HTTPRequest {
    var request = HTTPRequest(
      method: .post, endpoint: iam, target: "/iam/v1/tokens",
      headers: [Header("Content-Type", "application/json")])
    // The audience is the public address; a stand-in on this machine plays its part.
    let audience = (iam.isLoopback ? Endpoints.standard.iam : iam).description + request.target
    do {
      let token = try key.webToken(audience: audience, now: time(nil))
      request.body = HTTPBody(Array(#"{"jwt":\#(JSONText.string(token.exposed))}"#.utf8))
    } catch {
      throw ServiceError(kind: .unauthenticated, request: request.summary, message: error.description)
    }
    return request
  }

  private func send(_ request: HTTPRequest, for credential: Credential) async throws(ServiceError) -> HTTPResponse {
    var attempt = 1
    while true {
      do throws(ServiceError) {
        return try await http.answer(to: request)
      } catch {
        guard error.isWorthRepeating, let delay = retry.delay(after: attempt, of: error) else {
          var error = error
          if error.kind != .cancelled {
            error.remedy = "No IAM token could be had for \(credential)" + (error.remedy.map { ". \($0)" } ?? "")
          }
          throw error
        }
        try await pause(seconds: delay, of: request)
        attempt += 1
      }
    }
  }
}

extension HTTPClient {
  /// The answer, where it is a success.
  func answer(to request: HTTPRequest) async throws(ServiceError) -> HTTPResponse {
    let response: HTTPResponse
    do throws(TransportError) {
      response = try await send(request)
    } catch {
      throw ServiceError(error, of: request)
    }
    guard 200..<300 ~= response.status else { throw ServiceError(response, to: request) }
    return response
  }
}
