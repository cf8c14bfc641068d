import AudioPrep

/// The paths that were given, and the file with more of them.
struct PathSelection: Equatable, Sendable {
  /// Files, folders to search, or `-` for standard input.
  var paths: [String] = []
  /// A list of more paths; `-` for standard input.
  var filesFrom: String?
  /// Whether the list's paths end in NUL, not in a line break.
  var nulTerminated = false

  /// The files to work on, folders searched, and what could not be searched.
  func expand() throws(FileError) -> InputList {
    var all = paths
    if let filesFrom {
      all += try InputList.readPaths(from: filesFrom, separator: nulTerminated ? 0 : UInt8(ascii: "\n"))
    }
    return InputList(searching: all)
  }
}
