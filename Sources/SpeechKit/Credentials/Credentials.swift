/// What requests are authorized with, and where it came from.
public enum Credential: Sendable, CustomStringConvertible {
  /// An API key of a service account.
  case apiKey(Secret, origin: String)
  /// An IAM token that was made elsewhere; good for 12 hours at most, and cannot be refreshed here.
  case iamToken(Secret, origin: String)
  /// An authorized key, exchanged for IAM tokens.
  case serviceAccountKey(ServiceAccountKey, origin: String)
  /// The service account of the virtual machine that the program runs on.
  case virtualMachine
  /// A static access key of Object Storage.
  case accessKey(id: String, secret: Secret, session: Secret?, origin: String)

  /// What it is and where it came from, without any secret.
  public var description: String {
    switch self {
    case .apiKey(_, let origin): "the API key in \(origin)"
    case .iamToken(_, let origin): "the IAM token in \(origin)"
    case .serviceAccountKey(let key, let origin): "\(key) in \(origin)"
    case .virtualMachine: "this virtual machine's service account (--metadata-credentials)"
    case .accessKey(let id, _, _, let origin): "the static access key \(Printable.text(id)) in \(origin)"
    }
  }
}

/// Why there is no credential to use.
public struct CredentialError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing or wrong, and what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The credentials of a run.
public struct Credentials: Sendable {
  /// For SpeechKit.
  public let speech: Credential
  /// For Object Storage; nil when none was given, which matters only to uploads.
  public let storage: Credential?

  /// Credentials that are already known.
  public init(speech: Credential, storage: Credential?) {
    self.speech = speech
    self.storage = storage
  }
}

/// Where credentials come from: never from an argument, which other users of the machine can see.
///
/// The first of these that is there is taken:
/// 1. `--service-account-key FILE`
/// 2. `--metadata-credentials`
/// 3. `YC_API_KEY`, then `API_KEY` (SpeechKit only)
/// 4. `YC_IAM_TOKEN`, then `IAM_TOKEN`
/// 5. `YC_SERVICE_ACCOUNT_KEY_FILE`
/// 6. `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, with `AWS_SESSION_TOKEN` (Object Storage only)
///
/// Each service skips what is not for it, so that an API key and a static key serve side by side. A variable that is
/// empty counts as not set.
public struct CredentialSource: Sendable {
  private let environment: [String: String]
  private let keyFile: String?
  private let usesMetadata: Bool

  /// The credentials that the environment and the two options give.
  ///
  /// - Throws: an error that names the variables when there is none for SpeechKit, or says what is wrong with the
  ///   first one that is there.
  public static func resolve(
    environment: [String: String], serviceAccountKeyFile: String? = nil, usesMetadata: Bool = false
  ) throws(CredentialError) -> Credentials {
    let source = CredentialSource(
      environment: environment.filter { !$0.value.isEmpty }, keyFile: serviceAccountKeyFile,
      usesMetadata: usesMetadata)
    if let common = try source.fromOptions() { return Credentials(speech: common, storage: common) }
    let token = try source.fromTokens()
    let apiKey = try source.fromAPIKey()
    let accessKey = try source.fromAccessKey()
    guard let speech = apiKey ?? token else {
      throw CredentialError(
        "no credentials for SpeechKit: set YC_API_KEY (or API_KEY), YC_IAM_TOKEN (or IAM_TOKEN) or "
          + "YC_SERVICE_ACCOUNT_KEY_FILE, or give --service-account-key FILE or --metadata-credentials")
    }
    return Credentials(speech: speech, storage: token ?? accessKey)
  }

  private func fromOptions() throws(CredentialError) -> Credential? {
    if let keyFile { return try key(at: keyFile, origin: Printable.text(keyFile)) }
    return usesMetadata ? .virtualMachine : nil
  }

  private func fromAPIKey() throws(CredentialError) -> Credential? {
    try value(["YC_API_KEY", "API_KEY"]).map { .apiKey($0.secret, origin: $0.name) }
  }

  private func fromTokens() throws(CredentialError) -> Credential? {
    if let token = try value(["YC_IAM_TOKEN", "IAM_TOKEN"]) { return .iamToken(token.secret, origin: token.name) }
    guard let path = environment["YC_SERVICE_ACCOUNT_KEY_FILE"] else { return nil }
    return try key(at: path, origin: "\(Printable.text(path)) (YC_SERVICE_ACCOUNT_KEY_FILE)")
  }

  private func fromAccessKey() throws(CredentialError) -> Credential? {
    let id = try value(["AWS_ACCESS_KEY_ID"])
    let secret = try value(["AWS_SECRET_ACCESS_KEY"])
    switch (id, secret) {
    case (nil, nil): return nil
    case (let id?, let secret?):
      return .accessKey(
        id: id.secret.exposed, secret: secret.secret, session: try value(["AWS_SESSION_TOKEN"])?.secret,
        origin: "AWS_ACCESS_KEY_ID")
    case (_?, nil): throw CredentialError("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")
    case (nil, _?): throw CredentialError("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not")
    }
  }

  /// The first variable that is set. Its value goes into a header, so it may hold visible ASCII only; white space
  /// around it, as `$(cat file)` leaves it, is no part of it.
  private func value(_ names: [String]) throws(CredentialError) -> (secret: Secret, name: String)? {
    for name in names {
      guard let text = environment[name]?.trimmed, !text.isEmpty else { continue }
      guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw CredentialError("\(name) holds characters that no credential has; set it to the bare key or token")
      }
      return (Secret(text), name)
    }
    return nil
  }

  private func key(at path: String, origin: String) throws(CredentialError) -> Credential {
    let bytes: [UInt8]
    do throws(SourceFileError) {
      let file = try SourceFile(path: path)
      guard file.byteCount <= 1 << 16 else {
        throw SourceFileError(path: path, reason: "is too large for a service account key")
      }
      bytes = try file.read(file.byteCount, at: 0)
    } catch {
      throw CredentialError("service account key: \(error)")
    }
    return .serviceAccountKey(try ServiceAccountKey(json: bytes, origin: origin), origin: origin)
  }
}
