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
  /// Whether it came through a pipe, so that opening `path` again would not give the same bytes.
  public let isStream: Bool
  /// The open descriptor; closed with this value.
  let descriptor: Int32

  /// Opens `path`.
  ///
  /// - Throws: when it cannot be read, or is a folder, a socket or a device other than `/dev/null`.
  public init(_ path: String) throws(FileError) {
    self.path = path
    // A pipe that nobody writes to would block for ever.
    let opened = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw FileError(path, "cannot read", errno: errno) }
    do throws(FileError) {
      let status = try InputFile.status(of: opened, path)
      let kind = status.st_mode & S_IFMT
      // Standard input is copied whatever it is: its position may be anywhere, and stays the caller's.
      isStream = path == "-" || kind == S_IFIFO
      if isStream {
        descriptor = try spool(opened, named: path)
        close(opened)
        byteCount = UInt64(max(0, try InputFile.status(of: descriptor, path).st_size))
      } else {
        try InputFile.check(status, path)
        descriptor = opened
        byteCount = UInt64(max(0, status.st_size))
      }
    } catch {
      close(opened)
      throw error
    }
  }

  private static func status(of descriptor: Int32, _ path: String) throws(FileError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path, "cannot read", errno: errno) }
    return status
  }

  /// Sees that a file is one with bytes at places, or the empty `/dev/null`.
  private static func check(_ status: stat, _ path: String) throws(FileError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw FileError(path, .isDirectory)
    default:
      var null = stat()
      guard stat("/dev/null", &null) == 0, null.st_rdev == status.st_rdev, null.st_mode == status.st_mode else {
        throw FileError(path, .notRegular("a device or a socket"))
      }
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
    let got = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(FileError) in
        try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: offset)
      }
    }
    return try got.get()
  }

  /// Fills `buffer` from `offset` on; returns fewer bytes only where the file ends.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileError) -> Int {
    var done = 0
    while done < buffer.count {
      let place = off_t(clamping: offset) + off_t(done)
      let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, place)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError(path, "cannot read at byte \(place)", errno: errno)
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// The error that the file has become shorter, and ends at `offset` now.
  func shrunk(at offset: UInt64) -> FileError {
    FileError(
      path, "cannot read byte \(offset)", "the file became shorter while it was read",
      remedy: "try again when nothing writes to it")
  }
}

/// Copies a stream to a file without a name and returns that file's descriptor: headers stand anywhere, and sizes are
/// known only at the end, so a stream has to be had whole before anything can be said of it.
private func spool(_ stream: Int32, named path: String) throws(FileError) -> Int32 {
  let folder = temporaryFolder()
  var template = Array((folder + "/wavprep-stdin.XXXXXX").utf8CString)
  let copy = mkstemp(&template)
  guard copy >= 0 else { throw FileError(temporaryFolder: folder, "cannot keep \(path.printable)", errno: errno) }
  unlink(template)
  _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
  // A pipe opened by name does not block yet; whoever writes to it may be slower than we are.
  _ = fcntl(stream, F_SETFL, fcntl(stream, F_GETFL) & ~O_NONBLOCK)
  do throws(FileError) {
    try pour(stream, into: copy, named: path, in: folder)
  } catch {
    close(copy)
    throw error
  }
  return copy
}

/// Writes all that a stream gives to the end of a file.
private func pour(_ stream: Int32, into copy: Int32, named path: String, in folder: String) throws(FileError) {
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = buffer.withUnsafeMutableBytes { read(stream, $0.baseAddress, $0.count) }
    if count < 0 && errno == EINTR { continue }
    if count < 0 { throw FileError(path, "cannot read", errno: errno) }
    if count == 0 { return }
    var done = 0
    while done < count {
      let written = buffer.withUnsafeBytes { write(copy, $0.baseAddress.map { $0 + done }, count - done) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        throw FileError(
          temporaryFolder: folder, "cannot keep \(path.printable)", errno: written < 0 ? errno : ENOSPC)
      }
      done += written
    }
  }
}
