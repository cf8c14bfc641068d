import Cryptography

/// A bucket of Object Storage, over the S3 protocol in path style.
///
/// With an IAM token requests carry it as it is; with a static key libcurl signs them (Signature V4).
public struct ObjectStorage: Sendable {
  /// The bucket's name.
  public let bucket: String
  private let connection: Connection
  private let authorizer: Authorizer

  /// The largest object that the recogniser takes, in bytes.
  public static let objectLimit = 1_000_000_000

  /// An object as it lies in the bucket.
  public struct StoredObject: Hashable, Sendable {
    /// The address that recognition takes as `uri`, percent-encoded.
    public let uri: String
    /// The size in bytes.
    public let byteCount: Int
    /// The entity tag with its quotes, where the server gave one.
    public let entityTag: String?
  }

  /// A bucket by its name.
  ///
  /// - Throws: an error when the name is none, or there are no credentials for storage.
  public init(_ connection: Connection, bucket: String) throws(StorageConfigurationError) {
    guard (3...63).contains(bucket.utf8.count),
      bucket.utf8.allSatisfy({
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      })
    else {
      throw StorageConfigurationError(
        "bucket \"\(Printable.text(bucket))\": a name has 3 to 63 lowercase letters, digits, hyphens and dots")
    }
    guard let authorizer = connection.storageAuthorizer else {
      throw StorageConfigurationError(
        "no credentials for Object Storage (an API key does not open it): set YC_IAM_TOKEN (or IAM_TOKEN), "
          + "YC_SERVICE_ACCOUNT_KEY_FILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    }
    self.bucket = bucket
    self.connection = connection
    self.authorizer = authorizer
  }

  /// The address of an object, percent-encoded, whether it exists or not.
  public func uri(of key: String) -> String {
    Self.uri(of: key, bucket: bucket, at: connection.endpoints.storage)
  }

  /// The address that an object would have, percent-encoded.
  public static func uri(of key: String, bucket: String, at endpoint: Endpoint) -> String {
    endpoint.description + target(key, bucket)
  }

  /// Uploads a file as one object, replacing what was there, and sees that it arrived whole.
  ///
  /// - Parameters:
  ///   - key: the object's name, 1 to 1024 bytes of UTF-8, of any characters.
  ///   - digest: the file's SHA-256, where it is known: with a static key it is signed, so that the server refuses
  ///     any other bytes.
  public func upload(
    _ file: SourceFile, as key: String, digest: SHA256Digest? = nil
  ) async throws(ServiceError) -> StoredObject {
    var request = HTTPRequest(method: .put, endpoint: connection.endpoints.storage, target: target(key))
    try check(key, file, request)
    request.headers = signedHeaders(payload: digest) + [Header("Content-Type", "audio/wav")]
    request.body = HTTPBody([.file(file)])
    let reply = try await connection.perform(request, with: authorizer, role: "storage.uploader")
    let tag = reply.headers["etag"]
    if let stored = try await sizeAndTag(of: key) {
      guard stored.byteCount == nil || stored.byteCount == file.byteCount,
        stored.tag == nil || tag == nil || stored.tag == tag
      else {
        throw ServiceError(
          malformed: "the stored object has \(stored.byteCount ?? -1) bytes and tag \(stored.tag ?? "–"), sent were "
            + "\(file.byteCount) bytes with tag \(tag ?? "–"): something else writes to the same name", reply,
          to: request)
      }
    }
    return StoredObject(uri: uri(of: key), byteCount: file.byteCount, entityTag: tag)
  }

  /// Deletes an object; one that is not there is no error.
  public func delete(_ key: String) async throws(ServiceError) {
    var request = HTTPRequest(method: .delete, endpoint: connection.endpoints.storage, target: target(key))
    request.headers = signedHeaders(payload: nil)
    do throws(ServiceError) {
      _ = try await connection.perform(request, with: authorizer, role: "storage.editor")
    } catch  where error.kind == .notFound && error.code != "NoSuchBucket" {
      return
    }
  }

  /// An object's size and tag, or nil where the account may upload but not read: `storage.uploader` alone is enough
  /// to work with.
  private func sizeAndTag(of key: String) async throws(ServiceError) -> (byteCount: Int?, tag: String?)? {
    var request = HTTPRequest(method: .head, endpoint: connection.endpoints.storage, target: target(key))
    request.headers = signedHeaders(payload: nil)
    do throws(ServiceError) {
      let reply = try await connection.perform(request, with: authorizer, role: "storage.viewer")
      return (reply.headers["content-length"].flatMap { Int($0) }, reply.headers["etag"])
    } catch  where error.kind == .permissionDenied {
      return nil
    }
  }

  private func target(_ key: String) -> String { Self.target(key, bucket) }

  private static func target(_ key: String, _ bucket: String) -> String {
    "/\(bucket)/\(PercentEncoding.path(key))"
  }

  /// The header that libcurl does not add by itself. Without a digest, TLS alone guards the bytes.
  private func signedHeaders(payload: SHA256Digest?) -> [Header] {
    guard case .accessKey = authorizer.credential else { return [] }
    return [Header("x-amz-content-sha256", payload?.hex ?? "UNSIGNED-PAYLOAD")]
  }

  private func check(_ key: String, _ file: SourceFile, _ request: HTTPRequest) throws(ServiceError) {
    func failure(_ message: String) -> ServiceError {
      ServiceError(kind: .sourceFile, request: request.summary, message: message, mayHaveArrived: false)
    }
    guard (1...1024).contains(key.utf8.count) else {
      throw failure("an object's name has 1 to 1024 bytes; this one has \(key.utf8.count)")
    }
    guard file.byteCount <= Self.objectLimit else {
      throw failure("\(Printable.text(file.path)) has \(file.byteCount) bytes; the limit is \(Self.objectLimit)")
    }
  }
}

/// Why a bucket cannot be used.
public struct StorageConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong or missing, and what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
