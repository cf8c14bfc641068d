import WAVE

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file open for reading, or standard input copied to a file without a name.
///
/// Reading names its place, so many threads may read at once. Nothing is mapped into memory: a mapped file that
/// shrinks ends the program, a read one is an error.
public final class InputFile: ByteSource, Sendable {
  /// The file, as the user named it; `-` for standard input.
  public let path: String
  /// Its size when it was opened.
  public let byteCount: UInt64
  /// The open descriptor, for libraries that read by themselves; closed with this value.
  let descriptor: Int32

  /// Opens `path`.
  ///
  /// - Throws: when it cannot be read, or is a folder, a socket or a device other than `/dev/null`.
  public init(_ path: String) throws(FileError) {
    self.path = path
    // A pipe that nobody writes to would block for ever.
    let opened = path == "-" ? try InputFile.spool(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw FileError(path, "cannot read", errno: errno) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      throw FileError(path, "cannot read", errno: code)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFCHR:
      descriptor = opened
      byteCount = UInt64(max(0, status.st_size))
    case S_IFIFO:
      _ = fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) & ~O_NONBLOCK)
      defer { close(opened) }
      let copy = try InputFile.spool(opened, named: path)
      guard fstat(copy, &status) == 0 else { throw FileError(path, "cannot read", errno: errno) }
      descriptor = copy
      byteCount = UInt64(max(0, status.st_size))
    case S_IFDIR:
      close(opened)
      throw FileError(path, .isDirectory)
    default:
      close(opened)
      throw FileError(path, .notRegular("a device or a socket"))
    }
  }

  deinit {
    close(descriptor)
  }

  /// Reads `count` bytes at `offset`, or as many as there are before the end.
  public func read(_ count: Int, at offset: UInt64) throws(FileError) -> [UInt8] {
    guard offset < byteCount, count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(min(UInt64(count), byteCount - offset)))
    let got = try read(into: &bytes, count: bytes.count, at: offset)
    bytes.removeLast(bytes.count - got)
    return bytes
  }

  /// Fills the first `count` bytes of `bytes` from `offset` on; returns fewer only where the file ends.
  ///
  /// - Precondition: `bytes` has room for `count`.
  func read(into bytes: inout [UInt8], count: Int, at offset: UInt64) throws(FileError) -> Int {
    precondition(count <= bytes.count, "no room for the bytes")
    var done = 0
    while done < count {
      let place = off_t(clamping: offset) + off_t(done)
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, place)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError(path, "cannot read at byte \(place)", errno: errno)
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Copies a stream to a file without a name and returns that file's descriptor: headers stand anywhere, and
  /// sizes are known only at the end, so a stream has to be had whole before anything can be said of it.
  private static func spool(_ stream: Int32, named path: String = "-") throws(FileError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/wavprep-stdin.XXXXXX").utf8CString)
    let copy = mkstemp(&template)
    guard copy >= 0 else { throw FileError(folder, "cannot keep standard input", errno: errno) }
    unlink(template)
    _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(stream, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        if count == 0 { return copy }
        let code = errno
        close(copy)
        throw FileError(path, "cannot read", errno: code)
      }
      var done = 0
      while done < count {
        let written = buffer.withUnsafeBytes { write(copy, $0.baseAddress.map { $0 + done }, count - done) }
        guard written > 0 else {
          let code = errno
          close(copy)
          throw FileError(folder, "cannot keep standard input", errno: code)
        }
        done += written
      }
    }
  }
}
