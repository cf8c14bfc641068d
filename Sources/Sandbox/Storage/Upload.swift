import AudioPrep
import Cryptography
import Foundation

/// Bytes on their way to a file, digested as they pass. Memory stays at one buffer, however many come.
struct Upload: ~Copyable {
  private let name: String
  private let file: AtomicFile
  private var digest = SHA256()
  private var buffer: [UInt8] = []
  private var byteCount = 0

  /// Sockets give 4 KiB at a time; the disk is asked less often.
  private static let bufferSize = 1 << 18

  /// Starts a file in the state folder.
  init(to name: String, in folder: StateFolder) throws {
    self.name = name
    file = try AtomicFile(folder.file(name), replaces: false)
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

  /// Ends the bytes.
  consuming func finish() throws -> ReceivedBytes {
    try flush()
    return ReceivedBytes(name: name, file: file, byteCount: byteCount, sha256: digest.finalize().hex)
  }
}

/// Bytes that have all come in.
struct ReceivedBytes: Sendable {
  /// The file's name within the state folder.
  var name: String
  /// The file, which appears when it is committed.
  var file: AtomicFile
  var byteCount: Int
  /// In hexadecimal.
  var sha256: String
}
