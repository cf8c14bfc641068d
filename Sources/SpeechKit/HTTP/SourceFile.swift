#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A regular file opened for sending, of which neither size nor time may change until it is sent.
public final class SourceFile: Sendable {
  /// The path as given, for messages.
  public let path: String
  /// The size in bytes when it was opened.
  public let byteCount: Int
  private let descriptor: Int32
  private let state: State

  private struct State: Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  /// Opens the file at a path.
  public init(path: String) throws(SourceFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw SourceFileError(path: path, reason: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    self.path = path
    self.descriptor = descriptor
    guard let state = Self.state(of: descriptor) else {
      // The stored properties are not all set yet, so `deinit` will not run.
      close(descriptor)
      throw SourceFileError(path: path, reason: "is not a regular file")
    }
    self.state = state
    byteCount = state.size
  }

  deinit {
    close(descriptor)
  }

  /// Reads up to `buffer.count` bytes at `offset`, all of them unless the file ends before.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SourceFileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(offset + filled))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw SourceFileError(path: path, reason: "cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads `count` bytes at `offset`, fewer where the file ends before.
  func read(_ count: Int, at offset: Int) throws(SourceFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(SourceFileError) in try read(into: buffer, at: offset) }
    }
    bytes.removeLast(count - (try result.get()))
    return bytes
  }

  /// Throws when the file is not as it was when it was opened.
  func checkUnchanged() throws(SourceFileError) {
    guard Self.state(of: descriptor) == state else { throw changed() }
  }

  func changed() -> SourceFileError {
    SourceFileError(path: path, reason: "changed while it was sent; send it again when nothing writes to it")
  }

  private static func state(of descriptor: Int32) -> State? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return State(size: Int(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }
}

/// Why a file could not be sent.
public struct SourceFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let path: String
  /// What is wrong with it.
  public let reason: String

  /// The path and what is wrong.
  public var description: String { "\(Printable.text(path)): \(reason)" }
}
