import Cryptography
import FlyingFox
import Foundation

/// Verifies requests signed with AWS Signature Version 4 in their headers, as S3 does.
///
/// Written from "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)" in the Amazon S3
/// API reference. Two points in which S3 differs from other services: the path is encoded once and never normalised,
/// and the digest of the body travels in `x-amz-content-sha256`, which is itself signed.
struct SignatureV4: Sendable {
  let accessKeyID: String
  let secretAccessKey: String
  /// The only region that signatures may name.
  var region = "ru-central1"

  static let dateHeader = HTTPHeader("x-amz-date")
  static let digestHeader = HTTPHeader("x-amz-content-sha256")
  /// How far the clocks may differ.
  static let clockSkew: TimeInterval = 15 * 60

  /// Throws unless the request was signed with the secret.
  func check(_ request: HTTPRequest, now: Date = .now) throws(StorageError) {
    let claim = try Claim(request)
    guard claim.accessKeyID == accessKeyID else {
      throw StorageError(.forbidden, "InvalidAccessKeyId", "the access key ID is not known here")
    }
    guard let stamp = request.headers[Self.dateHeader], let date = Self.date(stamp) else {
      throw StorageError(.forbidden, "AccessDenied", "x-amz-date is missing or is no date like 20260102T030405Z")
    }
    guard abs(date.timeIntervalSince(now)) <= Self.clockSkew else {
      throw StorageError(.forbidden, "RequestTimeTooSkewed", "x-amz-date is too far from the server's time")
    }
    guard claim.scope == [String(stamp.prefix(8)), region, "s3", "aws4_request"] else {
      throw StorageError(
        .forbidden, "AuthorizationHeaderMalformed",
        "the credential's scope has to be \(stamp.prefix(8))/\(region)/s3/aws4_request")
    }
    try checkSignedHeaders(claim, of: request)
    let canonical = try canonicalRequest(request, claim: claim)
    let text = ["AWS4-HMAC-SHA256", stamp, claim.scope.joined(separator: "/"), SHA256.hash(canonical).hex]
      .joined(separator: "\n")
    let expected = hexadecimal(HMAC.sha256(text, key: signingKey(claim.scope)))
    guard constantTimeEqual(Array(expected.utf8), Array(claim.signature.utf8)) else {
      // Like S3, show what was signed here: the two texts side by side tell the client's mistake.
      throw StorageError(
        .forbidden, "SignatureDoesNotMatch",
        "the signature is not the one calculated here\ncanonical request:\n\(canonical)\nstring to sign:\n\(text)")
    }
  }

  /// Host and every x-amz- header have to be covered by the signature, or anyone could change them.
  private func checkSignedHeaders(_ claim: Claim, of request: HTTPRequest) throws(StorageError) {
    let present = request.headers.keys.map { $0.rawValue.lowercased() }
    let needed = ["host"] + present.filter { $0.hasPrefix("x-amz-") }
    if let missing = needed.first(where: { !claim.signedHeaders.contains($0) }) {
      throw StorageError(.forbidden, "AccessDenied", "the header \(missing) is not signed")
    }
  }

  private func canonicalRequest(_ request: HTTPRequest, claim: Claim) throws(StorageError) -> String {
    guard let digest = request.headers[Self.digestHeader] else {
      throw StorageError(.forbidden, "AccessDenied", "x-amz-content-sha256 is missing")
    }
    guard let path = percentDecoded(request.target.path()) else {
      throw StorageError(.badRequest, "InvalidURI", "the path is not percent-encoded")
    }
    var headers = ""
    for name in claim.signedHeaders {
      let value = request.headers[HTTPHeader(name)] ?? ""
      headers += name + ":" + value.split(separator: " ").joined(separator: " ") + "\n"
    }
    return [
      request.method.rawValue, percentEncoded(path, keepingSlashes: true), try canonicalQuery(request), headers,
      claim.signedHeaders.joined(separator: ";"), digest,
    ].joined(separator: "\n")
  }

  private func canonicalQuery(_ request: HTTPRequest) throws(StorageError) -> String {
    var pairs: [(name: String, value: String)] = []
    for item in request.target.query().split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0]), let value = percentDecoded(parts.count > 1 ? parts[1] : "") else {
        throw StorageError(.badRequest, "InvalidURI", "the query is not percent-encoded")
      }
      pairs.append((percentEncoded(name), percentEncoded(value)))
    }
    return pairs.sorted { $0 < $1 }.map { $0.name + "=" + $0.value }.joined(separator: "&")
  }

  private func signingKey(_ scope: [String]) -> [UInt8] {
    scope.reduce(Array("AWS4".utf8) + Array(secretAccessKey.utf8)) { HMAC.sha256($1, key: $0) }
  }

  /// The time that `20260102T030405Z` stands for.
  private static func date(_ stamp: String) -> Date? {
    let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
    return try? style.parse(stamp)
  }
}

/// What an `Authorization: AWS4-HMAC-SHA256 …` header says.
private struct Claim {
  var accessKeyID = ""
  /// Date, region, service and terminator.
  var scope: [String] = []
  /// Lowercase names, in the order in which they were signed.
  var signedHeaders: [String] = []
  /// Lowercase hexadecimal.
  var signature = ""

  init(_ request: HTTPRequest) throws(StorageError) {
    let header = request.headers[.authorization] ?? ""
    guard header.hasPrefix("AWS4-HMAC-SHA256 ") else {
      throw StorageError(.badRequest, "InvalidArgument", "the Authorization header is not of Signature Version 4")
    }
    for field in header.dropFirst("AWS4-HMAC-SHA256 ".count).split(separator: ",") {
      let parts = field.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "Credential":
        let path = parts[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        accessKeyID = path[0]
        scope = Array(path.dropFirst())
      case "SignedHeaders": signedHeaders = parts[1].split(separator: ";").map(String.init)
      case "Signature": signature = parts[1]
      default: break
      }
    }
    guard !accessKeyID.isEmpty, !signedHeaders.isEmpty, !signature.isEmpty else {
      throw StorageError(
        .badRequest, "AuthorizationHeaderMalformed", "Credential, SignedHeaders or Signature is missing")
    }
  }
}
