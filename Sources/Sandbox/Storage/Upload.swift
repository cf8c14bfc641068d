import AudioPrep
import Cryptography
import Foundation

/// Bytes on their way to a file, digested as they pass. Memory stays at one buffer, however many come.
struct Upload: ~Copyable {
  private let file: AtomicFile
  private var digest = SHA256()
  private var buffer: [UInt8] = []
  private(set) var byteCount = 0

  /// Sockets give 4 KiB at a time; the disk is asked less often.
  private static let bufferSize = 1 << 18

  /// Starts a file that will appear at `path` when it is finished.
  init(path: String) throws {
    file = try AtomicFile(path, replaces: false)
    buffer.reserveCapacity(Self.bufferSize + 1 << 16)
  }

  /// Appends bytes.
  mutating func append(_ bytes: Data) throws {
    buffer += bytes
    if buffer.count >= Self.bufferSize { try flush() }
  }

  private mutating func flush() throws {
    digest.update(buffer)
    try file.write(buffer, at: Int64(byteCount))
    byteCount += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Ends the bytes: the file, which appears when it is committed, how many bytes it has, and their SHA-256 in
  /// hexadecimal.
  consuming func finish() throws -> (file: AtomicFile, byteCount: Int, sha256: String) {
    try flush()
    return (file, byteCount, digest.finalize().hex)
  }
}
