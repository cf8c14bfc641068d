#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be opened or read.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What stood in the way.
  public enum Reason: Error, Sendable, Equatable {
    /// The system refused; `code` is `errno`.
    case system(operation: String, code: Int32)
    /// A directory where a file was meant.
    case isDirectory
    /// A device, pipe or socket; the text says which, with an article.
    case notRegular(String)
    /// The file has lost bytes since it was opened; the first that is gone.
    case shrank(at: UInt64)
  }

  /// The file's path as it was given.
  public var path: String
  /// What stood in the way.
  public var reason: Reason

  /// Makes an error.
  public init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The path, what is wrong, and what to do; control characters escaped.
  public var description: String {
    let name = path.printable
    switch reason {
    case .system(let operation, let code):
      let remedy = FileError.remedy(code).map { "; \($0)" } ?? ""
      return "\(name): cannot \(operation): \(String(cString: strerror(code)))\(remedy)"
    case .isDirectory: return "\(name): is a directory; give a file in it"
    case .notRegular(let kind):
      return "\(name): is \(kind), which cannot be read in any order; save it to a file, or pipe it in as -"
    case .shrank(let offset):
      return "\(name): became shorter while it was read: byte \(offset) is gone; try again when nothing writes to it"
    }
  }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOENT, ENOTDIR: "check the path"
    case EACCES, EPERM: "ask its owner for the right to read it"
    case EMFILE, ENFILE: "close other programs, raise ulimit -n, or lower --parallel"
    case EIO: "the disk or the network under it has failed; copy the file elsewhere"
    default: nil
    }
  }
}
