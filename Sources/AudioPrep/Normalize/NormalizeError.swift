/// Why a file could not be normalized.
public enum NormalizeError: Error, Sendable, CustomStringConvertible {
  /// The input could not be read or the output not be written.
  case file(FileError)
  /// The input is no audio that anything here can decode, or damaged beyond use.
  case unusable(path: String, reason: String, remedy: String)
  /// The options ask for what this input does not have.
  case impossible(path: String, reason: String, remedy: String)
  /// The user stopped it.
  case interrupted(path: String)

  /// The whole message: file, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .unusable(let path, let reason, let remedy), .impossible(let path, let reason, let remedy):
      "\(path.printable): \(reason); \(remedy)"
    case .interrupted(let path): "\(path.printable): interrupted"
    }
  }

  /// The message without the path.
  public var summary: String {
    switch self {
    case .file(let error): error.summary
    case .unusable(_, let reason, let remedy), .impossible(_, let reason, let remedy): "\(reason); \(remedy)"
    case .interrupted: "interrupted"
    }
  }
}
