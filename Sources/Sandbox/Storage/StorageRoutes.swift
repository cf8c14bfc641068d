import Cryptography
import FlyingFox
import Foundation

/// Object Storage, as far as wavprep needs it: PUT, HEAD, GET and DELETE of objects in one bucket, path style.
struct StorageRoutes: Sendable {
  let store: ObjectStore
  let signatures: SignatureV4
  let access: AccessControl

  /// The only bucket there is.
  static let bucket = "sandbox"

  func respond(to request: HTTPRequest, body: inout RequestBody) async throws -> HTTPResponse {
    do {
      try authorize(request)
      let name = try objectName(request)
      switch request.method {
      case .PUT: return try await put(request, name, &body)
      case .GET, .HEAD: return try get(request, name)
      case .DELETE:
        store.remove(name)
        return HTTPResponse(statusCode: .noContent)
      default: throw StorageError(.methodNotAllowed, "MethodNotAllowed", "\(request.method.rawValue) is not done here")
      }
    } catch let error as StorageError {
      try await body.drain()
      return error.response(to: request)
    }
  }

  /// An IAM token as a bearer, or Signature V4.
  private func authorize(_ request: HTTPRequest) throws(StorageError) {
    guard let authorization = request.headers[.authorization] else {
      throw StorageError(.forbidden, "AccessDenied", "no Authorization header")
    }
    guard authorization.hasPrefix("Bearer ") else { return try signatures.check(request) }
    do {
      try access.check(bearer: String(authorization.dropFirst("Bearer ".count)))
    } catch {
      throw StorageError(.forbidden, "AccessDenied", error.message)
    }
  }

  private func objectName(_ request: HTTPRequest) throws(StorageError) -> ObjectName {
    guard let name = ObjectName(path: request.target.path()) else {
      throw StorageError(.notImplemented, "NotImplemented", "only objects are kept here: /{bucket}/{key}")
    }
    guard name.bucket == Self.bucket else {
      throw StorageError(.notFound, "NoSuchBucket", "the sandbox has one bucket, called \(Self.bucket)")
    }
    guard name.key.count <= ObjectName.keyLimit else {
      throw StorageError(.badRequest, "KeyTooLongError", "a key has at most \(ObjectName.keyLimit) bytes")
    }
    return name
  }

  private func put(_ request: HTTPRequest, _ name: ObjectName, _ body: inout RequestBody) async throws -> HTTPResponse {
    let claimed = request.headers[SignatureV4.digestHeader]
    if let claimed, claimed.hasPrefix("STREAMING-") || !request.target.query().isEmpty {
      throw StorageError(.notImplemented, "NotImplemented", "send the object in one piece and unchunked")
    }
    var upload = try store.newUpload()
    while let chunk = try await body.next() {
      try upload.append(chunk)
    }
    let received = try upload.finish()
    if let claimed, claimed != "UNSIGNED-PAYLOAD", claimed != received.sha256 {
      throw StorageError(.badRequest, "XAmzContentSHA256Mismatch", "the body's SHA-256 is \(received.sha256)")
    }
    let type = request.headers[.contentType] ?? "application/octet-stream"
    // Making a gigabyte durable takes seconds.
    let object = try await blocking { try store.keep(received, as: name, contentType: type) }
    return HTTPResponse(statusCode: .ok, headers: HTTPHeaders([.eTag: object.entityTag]))
  }

  private func get(_ request: HTTPRequest, _ name: ObjectName) throws -> HTTPResponse {
    guard let object = store.object(name) else {
      throw StorageError(.notFound, "NoSuchKey", "there is no such object")
    }
    let headers = HTTPHeaders([
      .contentType: object.contentType, .contentLength: String(object.byteCount), .eTag: object.entityTag,
      .lastModified: httpDate(object.modified),
    ])
    // FlyingFox takes the length from the header, so HEAD gives the object's with an empty body.
    guard request.method == .GET else { return HTTPResponse(statusCode: .ok, headers: headers) }
    let file = URL(fileURLWithPath: store.path(of: object))
    let bytes = try HTTPBodySequence(file: file, suggestedBufferSize: 1 << 16)
    return HTTPResponse(statusCode: .ok, headers: headers, body: bytes)
  }
}

/// A date as HTTP headers have it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
private func httpDate(_ date: Date) -> String {
  var seconds = time_t(date.timeIntervalSince1970)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let day = "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(1900 + parts.tm_year)"
  return day + " \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
}
