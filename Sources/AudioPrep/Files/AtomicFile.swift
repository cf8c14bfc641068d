import CFileHints
import Cryptography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears under its name whole or not at all.
///
/// The bytes go to a file in the same folder that has no name yet (`O_TMPFILE`), so that nothing is left behind even
/// after a power cut; where the file system has no such files, to a hidden one that is removed when this value goes
/// away. `commit` makes the bytes durable and then gives the file its name in one step.
///
/// Writing is safe from many threads at once as long as their ranges do not overlap.
public final class AtomicFile: Sendable {
  /// The name that the file will have.
  public let path: String
  private let descriptor: Int32
  private let replaces: Bool
  /// The hidden file's name; nil for a file without a name.
  private let temporary: String?

  /// Starts a file that will be called `path`.
  ///
  /// - Parameter replaces: whether a file of that name may be replaced; otherwise an existing one is an error, now
  ///   or at `commit`.
  /// - Throws: when the folder cannot be written to, a file of that name is there and must stay, or the name is that
  ///   of a folder or a device.
  public init(_ path: String, replaces: Bool) throws(FileError) {
    try AtomicFile.checkName(path, replaces: replaces)
    self.path = path
    self.replaces = replaces
    #if os(Linux)
      let unnamed = open(folder(of: path), AtomicFile.unnamedFile | O_RDWR | O_CLOEXEC, 0o666)
      if unnamed >= 0, access(AtomicFile.descriptorPath(unnamed), F_OK) == 0 {
        descriptor = unnamed
        temporary = nil
        return
      }
      if unnamed >= 0 { close(unnamed) }
    #endif
    let name = hiddenSibling(of: path)
    let named = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard named >= 0 else { throw FileError(path, "cannot write", errno: errno) }
    descriptor = named
    temporary = name
  }

  /// Sees that what has the name already is a file, and may be replaced.
  private static func checkName(_ path: String, replaces: Bool) throws(FileError) {
    var status = stat()
    // The link's target counts: /dev/stdout is a link, and replacing it would break other programs.
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw FileError(
        path, "cannot write", "it is a \(isFolder ? "folder" : "device, a pipe or a socket")",
        remedy: "name a file\(isFolder ? " in it" : "")")
    }
    if !replaces, lstat(path, &status) == 0 { throw FileError(path, "cannot write", errno: EEXIST) }
  }

  deinit {
    if let temporary { unlink(temporary) }
    close(descriptor)
  }

  /// Writes `bytes` at `offset`.
  public func write(_ bytes: RawSpan, at offset: Int64) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      let written = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset) + off_t(done))
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw FileError(path, "cannot write", errno: written < 0 ? errno : ENOSPC) }
      done += written
    }
  }

  /// Writes `bytes` at `offset`.
  public func write(_ bytes: [UInt8], at offset: Int64) throws(FileError) {
    try write(bytes.span.bytes, at: offset)
  }

  /// Asks the system to start writing out what was written to `offset..<offset + count`, so that `commit` has less
  /// to wait for. Changes nothing else.
  public func startWriteback(at offset: Int64, count: Int64) {
    file_start_writeback(descriptor, offset, count)
  }

  /// Reserves space for a file of `count` bytes, so that a full disk is found at the start.
  ///
  /// File systems that cannot reserve are left to fail at the write.
  public func reserve(_ count: Int64) throws(FileError) {
    let code = count > 0 ? file_reserve(descriptor, count) : 0
    if code == ENOSPC || code == EDQUOT || code == EFBIG {
      throw FileError(path, "cannot write \(count) bytes", errno: code)
    }
  }

  /// Cuts or extends the file to `count` bytes.
  public func truncate(to count: Int64) throws(FileError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw FileError(path, "cannot write", errno: errno) }
  }

  /// The digest of the file's first `count` bytes, read back from the page cache.
  func sha256(count: Int64) throws(FileError) -> String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var offset: Int64 = 0
    while offset < count {
      let got = try read(into: &buffer, at: offset)
      guard got > 0 else { throw FileError(path, "cannot read back", "the file became shorter while it was written") }
      hash.update(buffer.span.extracting(..<min(got, Int(count - offset))).bytes)
      offset += Int64(got)
    }
    return hash.finalize().hex
  }

  /// Reads back up to `buffer.count` bytes at `offset`; fewer only at the end.
  public func read(into buffer: inout [UInt8], at offset: Int64) throws(FileError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
      if count >= 0 { return count }
      guard errno == EINTR else { throw FileError(path, "cannot read back", errno: errno) }
    }
  }

  /// The number of bytes written so far.
  func size() throws(FileError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path, "cannot write", errno: errno) }
    return Int64(status.st_size)
  }

  /// Writes all of `input`, from the start on, until `isCancelled` says to stop.
  public func copy(_ input: InputFile, isCancelled: () -> Bool) throws(FileError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var offset: UInt64 = 0
    while offset < input.byteCount, !isCancelled() {
      let got = try input.read(into: &buffer, count: buffer.count, at: offset)
      guard got > 0 else { throw input.shrunk(at: offset) }
      try write(buffer.span.extracting(..<got).bytes, at: Int64(offset))
      offset += UInt64(got)
    }
  }

  /// Makes the bytes durable. `commit` does so too; this is for files that are to appear all or none.
  ///
  /// - Throws: when the disk fails.
  public func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileError(path, "cannot write", errno: errno) }
  }

  /// Makes the bytes durable and gives the file its name; called once, when all is written.
  ///
  /// - Parameter syncsFolder: whether the name is made durable as well; see ``syncFolder(of:)``.
  /// - Throws: when the disk fails, or a file that must stay has appeared under the name meanwhile.
  public func commit(syncsFolder: Bool = true) throws(FileError) {
    try sync()
    if let temporary {
      try name(temporary)
    } else {
      #if os(Linux)
        try nameUnnamed()
      #endif
    }
    if syncsFolder { AtomicFile.syncFolder(of: path) }
  }

  /// Gives the hidden file its name; a hard link refuses to replace a file, a rename replaces it.
  private func name(_ hidden: String) throws(FileError) {
    if !replaces {
      if link(hidden, path) == 0 { return }
      // FAT, as on memory sticks and cards of recorders, has no links: there, the name is taken by an empty file first.
      let knowsLinks = errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS
      if knowsLinks { throw FileError(path, "cannot write", errno: errno) }
      let taken = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard taken >= 0 else { throw FileError(path, "cannot write", errno: errno) }
      close(taken)
    }
    guard rename(hidden, path) == 0 else { throw FileError(path, "cannot write", errno: errno) }
  }

  #if os(Linux)
    private func nameUnnamed() throws(FileError) {
      let source = AtomicFile.descriptorPath(descriptor)
      if linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return }
      guard errno == EEXIST, replaces else { throw FileError(path, "cannot write", errno: errno) }
      // A link cannot replace: it takes a hidden name first, and the rename replaces.
      let hidden = hiddenSibling(of: path)
      guard linkat(AT_FDCWD, source, AT_FDCWD, hidden, AT_SYMLINK_FOLLOW) == 0 else {
        throw FileError(path, "cannot write", errno: errno)
      }
      if rename(hidden, path) != 0 {
        let code = errno
        unlink(hidden)
        throw FileError(path, "cannot write", errno: code)
      }
    }

    /// `O_TMPFILE`, a macro that Swift does not import: `__O_TMPFILE | O_DIRECTORY` of <asm-generic/fcntl.h>.
    private static let unnamedFile: Int32 = 0o20000000 | O_DIRECTORY

    private static func descriptorPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
  #endif

  /// Makes durable the names of the files committed to the folder of `path`; a folder that cannot be synced is not an
  /// error.
  public static func syncFolder(of path: String) {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// A name in the same folder that nothing else uses: hidden, short enough for any file system, random.
private func hiddenSibling(of path: String) -> String {
  let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
  return folder(of: path) + "/.wavprep-\(getpid())-\(suffix).tmp"
}
