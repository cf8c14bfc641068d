#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that a list of paths stands for.
public struct InputList: Sendable {
  /// One file to work on.
  public struct File: Sendable, Equatable {
    /// Where it is; `-` for standard input.
    public var path: String
    /// Its place below the folder that was searched, as in `calls/a.wav`; its name where it was given itself.
    public var relativePath: String
  }

  /// The files found: folders in the order of their names' bytes, given files in the order given; each path once.
  public private(set) var files: [File] = []
  /// What could not be searched, and folders with nothing in them.
  public private(set) var errors: [FileError] = []

  /// The extensions a folder is searched for, in lower case.
  public static let extensions: Set<String> = ["wav", "wave", "bwf", "rf64", "w64"]

  /// Resolves `paths`: folders are searched with their subfolders, hidden entries are passed over, links to folders
  /// are not followed; anything else stands for itself.
  public init(searching paths: [String]) {
    for path in paths {
      var found: [File] = []
      let failures = errors.count
      if path != "-" && InputList.isFolder(path) {
        search(path, below: "", into: &found)
        if found.isEmpty && errors.count == failures {
          let kinds = InputList.extensions.sorted().map { "." + $0 }.joined(separator: ", ")
          errors.append(FileError(path, "nothing to do", "no WAV files in this folder (\(kinds))"))
        }
      } else {
        found = [File(path: path, relativePath: lastComponent(of: path))]
      }
      files += found
    }
    if files.count > 1 { dropRepeats() }
  }

  /// Keeps the first of the files with one path.
  private mutating func dropRepeats() {
    // By bytes: names that differ only in how letters are composed are equal strings, but different files.
    var seen: Set<[UInt8]> = []
    files.removeAll { !seen.insert(Array($0.path.utf8)).inserted }
  }

  /// Reads a list of paths; empty entries are passed over.
  ///
  /// - Parameters:
  ///   - source: a file, or `-` for standard input.
  ///   - separator: the byte that ends a path.
  public static func readPaths(from source: String, separator: UInt8) throws(FileError) -> [String] {
    let bytes = try readAll(of: source)
    var paths: [String] = []
    for (index, entry) in bytes.split(separator: separator).enumerated() {
      // A list written on Windows ends its lines in CR LF.
      let trimmed = separator != 0 && entry.last == UInt8(ascii: "\r") ? entry.dropLast() : entry
      guard !trimmed.isEmpty else { continue }
      guard let path = String(validating: trimmed, as: UTF8.self) else {
        throw FileError(source, "cannot read the list", "entry \(index + 1) is not UTF-8", remedy: "rename that file")
      }
      paths.append(path)
    }
    guard !paths.isEmpty else { throw FileError(source, "nothing to do", "the list of paths is empty") }
    return paths
  }

  private static func readAll(of source: String) throws(FileError) -> [UInt8] {
    let descriptor = source == "-" ? dup(STDIN_FILENO) : open(source, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(source, "cannot read the list", errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(source, "cannot read the list", errno: errno)
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private mutating func search(_ folder: String, below relative: String, into found: inout [File]) {
    guard let stream = opendir(folder) else {
      errors.append(FileError(folder, "cannot search", errno: errno))
      return
    }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = InputList.name(of: entry)
      if name.bytes.first == UInt8(ascii: ".") { continue }
      if let text = name.text {
        names.append(text)
      } else {
        let shown = String(decoding: name.bytes, as: UTF8.self)
        errors.append(
          FileError(folder + "/" + shown, "passed over", "its name is not UTF-8", remedy: "rename it (convmv does)"))
      }
    }
    closedir(stream)

    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = prefix + name
      let place = relative.isEmpty ? name : relative + "/" + name
      if InputList.isFolder(path, followingLinks: false) {
        search(path, below: place, into: &found)
      } else if InputList.isRecording(name), !InputList.isFolder(path) {
        found.append(File(path: path, relativePath: place))
      }
    }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> (bytes: [UInt8], text: String?) {
    withUnsafeBytes(of: &entry.pointee.d_name) { raw in
      let bytes = Array(raw.prefix { $0 != 0 })
      return (bytes, String(validating: bytes, as: UTF8.self))
    }
  }

  private static func isRecording(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return extensions.contains(name[name.index(after: dot)...].lowercased())
  }

  private static func isFolder(_ path: String, followingLinks: Bool = true) -> Bool {
    var status = stat()
    let failed = followingLinks ? stat(path, &status) : lstat(path, &status)
    return failed == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// The part of a path behind its last slash.
public func lastComponent(of path: String) -> String {
  // By bytes: a name may begin with a mark that would make one character with the slash.
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}
