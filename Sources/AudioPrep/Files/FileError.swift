#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that could not be read or written.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, as the user named it.
  public var path: String
  /// What could not be done, as in "cannot read" or "cannot write".
  public var action: String
  /// Why, in the system's words or ours.
  public var reason: String
  /// What to do about it; empty where the reason says it all.
  public var remedy: String

  /// Describes a failure in our own words.
  public init(_ path: String, _ action: String, _ reason: String, remedy: String = "") {
    self.path = path
    self.action = action
    self.reason = reason
    self.remedy = remedy
  }

  /// Describes a failed system call.
  public init(_ path: String, _ action: String, errno code: Int32) {
    self.init(path, action, String(cString: strerror(code)), remedy: FileError.remedy(for: code))
  }

  /// One line without the path, which messages put in front themselves.
  public var summary: String {
    remedy.isEmpty ? "\(action): \(reason)" : "\(action): \(reason); \(remedy)"
  }

  /// The whole message.
  public var description: String { "\(escapedForTerminal(path)): \(summary)" }

  private static func remedy(for code: Int32) -> String {
    switch code {
    case ENOENT: "check the name"
    case EACCES, EPERM: "check the permissions of the file and its folders"
    case ENOSPC: "free some space or write elsewhere with --output-dir"
    case EDQUOT: "your quota is used up: write elsewhere with --output-dir"
    case EROFS: "the file system is read-only: write elsewhere with --output-dir"
    case EEXIST: "use --force to replace it"
    case EMFILE, ENFILE: "lower --parallel or raise the limit of open files (ulimit -n)"
    default: ""
    }
  }
}
