#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be opened, read or written.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What stood in the way.
  public enum Reason: Error, Sendable, Equatable {
    /// The system refused; `code` is `errno`.
    case system(operation: String, code: Int32)
    /// A directory where a file was meant.
    case isDirectory
    /// A device, pipe or socket; the text says which, with an article.
    case notRegular(String)
    /// Anything else: what could not be done, why, and what to do (empty where the reason says it all).
    case failed(action: String, reason: String, remedy: String)
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

  /// Describes a failure in our own words.
  public init(_ path: String, _ action: String, _ reason: String, remedy: String = "") {
    self.init(path, .failed(action: action, reason: reason, remedy: remedy))
  }

  /// Describes a failed system call; `code` is `errno`.
  public init(_ path: String, _ action: String, errno code: Int32) {
    self.init(path, action, String(cString: strerror(code)), remedy: FileError.remedy(code) ?? "")
  }

  /// Describes a failed system call in the folder for temporary files, where other remedies help.
  public init(temporaryFolder folder: String, _ action: String, errno code: Int32) {
    self.init(folder, action, String(cString: strerror(code)), remedy: FileError.temporaryFolderRemedy)
  }

  /// What to do where there is no place for temporary files.
  package static let temporaryFolderRemedy = "set TMPDIR to a folder with room that you may write to"

  /// The path, what is wrong, and what to do; control characters escaped.
  public var description: String { "\(path.printable): \(summary)" }

  /// The message without the path.
  public var summary: String {
    switch reason {
    case .system(let operation, let code):
      let remedy = FileError.remedy(code).map { "; \($0)" } ?? ""
      return "cannot \(operation): \(String(cString: strerror(code)))\(remedy)"
    case .isDirectory: return "is a directory; give a file in it"
    case .notRegular(let kind):
      return "is \(kind), which cannot be read in any order; save it to a file, or pipe it in as -"
    case .failed(let action, let reason, let remedy):
      return remedy.isEmpty ? "\(action): \(reason)" : "\(action): \(reason); \(remedy)"
    }
  }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOENT, ENOTDIR: "check the path"
    case EACCES, EPERM: "check the permissions of the file and its folders"
    case ENOSPC: "free some space or write elsewhere with --output-dir"
    case EDQUOT: "your quota is used up: write elsewhere with --output-dir"
    case EROFS: "the file system is read-only: write elsewhere with --output-dir"
    case EEXIST: "use --force to replace it"
    case EMFILE, ENFILE: "close other programs, raise ulimit -n, or lower --parallel"
    case EIO: "the disk or the network under it has failed; copy the file elsewhere"
    default: nil
    }
  }
}
