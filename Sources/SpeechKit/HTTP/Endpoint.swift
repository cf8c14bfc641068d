/// The address of a service: scheme, host, port, and a path prefix where the service stands behind one.
///
/// Plain `http` is accepted for loopback addresses only, since every request carries a credential.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// The address without a slash at its end, as in `https://stt.api.cloud.yandex.net`.
  public let description: String
  /// The host name or address, IPv6 without its brackets.
  public let host: String
  /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
  public let isLoopback: Bool

  /// Whether TLS guards the way.
  var isSecure: Bool { description.hasPrefix("https://") }

  /// Reads `https://host[:port][/prefix]`, or `http://` with a loopback host.
  public init(_ text: String) throws(EndpointError) {
    func failure(_ reason: String) -> EndpointError { EndpointError(text: text, reason: reason) }
    let lowered = text.lowercased()
    let isSecure = lowered.hasPrefix("https://")
    guard isSecure || lowered.hasPrefix("http://") else {
      throw failure("it has to begin with https:// (http:// for this machine only)")
    }
    let rest = text.dropFirst(isSecure ? 8 : 7)
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") })
    else { throw failure("it may hold printable ASCII only; write other host names in Punycode (xn--…)") }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let at = authority.lastIndex(of: "@") {
      // The message must not repeat the password.
      throw EndpointError(
        text: "\(text.prefix { $0 != "/" })//…\(authority[at...])", reason: "it must not hold a user name or password")
    }
    guard let host = Self.host(in: authority) else { throw failure("it has no valid host and port") }
    let prefix = rest.dropFirst(authority.count)
    guard !prefix.contains("?"), !prefix.contains("#") else {
      throw failure("it must not hold a query (?) or a fragment (#)")
    }
    self.host = host.lowercased()
    isLoopback = Self.isLoopback(self.host)
    guard isSecure || isLoopback else {
      throw failure("plain http:// would send the credential unprotected; use https://")
    }
    var trimmed = "\(isSecure ? "https" : "http")://\(authority.lowercased())\(prefix)"
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    description = trimmed
  }

  /// The virtual machine's metadata service: the one address outside this machine that is asked over plain HTTP.
  /// It is link-local, has no TLS, and gets no credential.
  static let virtualMachineMetadata = Endpoint(
    trusted: "http://169.254.169.254", host: "169.254.169.254", isLoopback: false)

  /// An address that is known to be well-formed.
  init(trusted description: String, host: String, isLoopback: Bool) {
    self.description = description
    self.host = host
    self.isLoopback = isLoopback
  }

  /// An https address of a host of the service's own.
  init(secureHost host: String) {
    self.init(trusted: "https://\(host)", host: host, isLoopback: false)
  }

  private static func host(in authority: Substring) -> String? {
    var host = authority
    var port: Substring?
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<end]
      let after = authority[authority.index(after: end)...]
      guard host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), after.isEmpty || after.first == ":" else {
        return nil
      }
      port = after.isEmpty ? nil : after.dropFirst()
    } else {
      if let colon = authority.firstIndex(of: ":") {
        host = authority[..<colon]
        port = authority[authority.index(after: colon)...]
      }
      guard host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }) else { return nil }
    }
    guard !host.isEmpty, port.map({ UInt16($0).map { $0 > 0 } ?? false }) ?? true else { return nil }
    return String(host)
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

/// Why a text is no endpoint.
public struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text as given.
  public let text: String
  /// What is wrong and what to write.
  public let reason: String

  /// The endpoint and what is wrong with it.
  public var description: String { "endpoint \"\(Printable.text(text))\": \(reason)" }
}

/// Where the services stand.
public struct Endpoints: Hashable, Sendable {
  /// Recognition: submits, results.
  public var speech: Endpoint
  /// The state of operations.
  public var operation: Endpoint
  /// Object Storage.
  public var storage: Endpoint
  /// IAM tokens for service account keys.
  public var iam: Endpoint

  /// Endpoints that are all given.
  public init(speech: Endpoint, operation: Endpoint, storage: Endpoint, iam: Endpoint) {
    self.speech = speech
    self.operation = operation
    self.storage = storage
    self.iam = iam
  }

  /// The service's public endpoints in Russia's region.
  public static let standard = Endpoints(
    speech: Endpoint(secureHost: "stt.api.cloud.yandex.net"),
    operation: Endpoint(secureHost: "operation.api.cloud.yandex.net"),
    storage: Endpoint(secureHost: "storage.yandexcloud.net"),
    iam: Endpoint(secureHost: "iam.api.cloud.yandex.net"))
}
