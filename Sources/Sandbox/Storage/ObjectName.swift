import Cryptography

/// An object's name: a bucket, and a key of any bytes.
struct ObjectName: Hashable, Sendable {
  var bucket: String
  var key: [UInt8]

  /// The longest key that S3 takes, in bytes.
  static let keyLimit = 1024

  /// Reads `/{bucket}/{key}` in percent-encoding; nil if it is not that.
  init?(path: some StringProtocol) {
    guard path.hasPrefix("/") else { return nil }
    let parts = path.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let bucket = percentDecoded(parts[0]), let key = percentDecoded(parts[1]),
      !bucket.isEmpty, !key.isEmpty
    else { return nil }
    self.bucket = String(decoding: bucket, as: UTF8.self)
    self.key = key
  }

  /// `/{bucket}/{key}` in percent-encoding.
  var path: String { "/" + percentEncoded(Array(bucket.utf8)) + "/" + percentEncoded(key, keepingSlashes: true) }

  /// A name for files about the object: keys may be longer, and hold other bytes, than the names of files.
  var digest: String { SHA256.hash(Array(bucket.utf8) + [0] + key).hex }
}
