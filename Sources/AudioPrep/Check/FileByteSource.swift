import WAVE

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file as a source of bytes; closes it when it goes away.
///
/// Bytes are read with `pread`, so that several readers may share the descriptor, and a file that shrinks
/// meanwhile gives fewer bytes and not a signal.
public struct FileByteSource: ~Copyable, ByteSource {
  /// The file's path as it was given.
  public let path: String
  /// The open descriptor, owned by this value; lend it, and do not close it.
  public let descriptor: Int32
  /// The number of bytes there were when it was opened.
  public let byteCount: UInt64

  /// Opens a file for reading.
  ///
  /// - Throws: the system's reason, or that it is a directory, a pipe or a device. An empty device, as `/dev/null`
  ///   is, counts as an empty file.
  public init(path: String) throws(FileError) {
    // Without O_NONBLOCK a FIFO that nobody writes to would block here for good.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, .system(operation: "open", code: errno)) }
    switch FileByteSource.size(of: descriptor) {
    case .success(let byteCount):
      self.path = path
      self.descriptor = descriptor
      self.byteCount = byteCount
    case .failure(let reason):
      close(descriptor)
      throw FileError(path, reason)
    }
  }

  deinit { close(descriptor) }

  private static func size(of descriptor: Int32) -> Result<UInt64, FileError.Reason> {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(.system(operation: "fstat", code: errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .success(UInt64(max(status.st_size, 0)))
    case S_IFDIR: return .failure(.isDirectory)
    case S_IFCHR where isEmptyDevice(descriptor): return .success(0)
    case S_IFCHR, S_IFBLK: return .failure(.notRegular("a device"))
    case S_IFIFO: return .failure(.notRegular("a pipe"))
    case S_IFSOCK: return .failure(.notRegular("a socket"))
    default: return .failure(.notRegular("no regular file"))
    }
  }

  private static func isEmptyDevice(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 0 else { return false }
    var byte: UInt8 = 0
    return withUnsafeMutableBytes(of: &byte) { pread(descriptor, $0.baseAddress, 1, 0) } == 0
  }

  /// Reads `count` bytes at `offset`, or as many as there are before the end.
  public func read(_ count: Int, at offset: UInt64) throws(FileError) -> [UInt8] {
    guard offset < byteCount, let start = off_t(exactly: offset) else { return [] }
    let wanted = Int(min(UInt64(max(count, 0)), byteCount - offset))
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      // `buffer` has room for `wanted` bytes; `pread` writes at most what is left of them.
      while filled < wanted {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, start + off_t(filled))
        if got > 0 {
          filled += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    if let failure { throw FileError(path, .system(operation: "read", code: failure)) }
    return bytes
  }
}
