#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A path with the extension `wav` in place of its own, unless that is one of a WAV file already.
public func wavName(of path: String) -> String {
  let name = lastComponent(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path + ".wav" }
  let isWav = ["wav", "wave"].contains(name[name.index(after: dot)...].lowercased())
  return isWav ? path : withoutExtension(path) + ".wav"
}

/// A path without its last component's extension.
public func withoutExtension(_ path: String) -> String {
  let name = lastComponent(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
  return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
}

/// The folder part of a path: `.` where it has none.
public func folder(of path: String) -> String {
  // By bytes, as in `lastComponent`.
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Makes the folders that a file's path names, as far as they are missing.
public func makeFolders(above path: String) throws(FileError) {
  let parent = folder(of: path)
  if mkdir(parent, 0o777) == 0 || errno == EEXIST { return }
  guard errno == ENOENT, parent != path else { throw FileError(parent, "cannot make the folder", errno: errno) }
  try makeFolders(above: parent)
  guard mkdir(parent, 0o777) == 0 || errno == EEXIST else {
    throw FileError(parent, "cannot make the folder", errno: errno)
  }
}

/// For each path that stands for an earlier one's file too, that one's index; nil for all others.
///
/// Outputs named after their inputs can meet, as those of `a.wav` and `a.flac` do. Who runs many at once has to know
/// before they start, since each would find its file missing.
public func earlierTwins(of paths: [String]) -> [Int?] {
  var seen: [[UInt8]: Int] = [:]
  return paths.enumerated().map { index, path in
    let key = Array(path.utf8)
    if let first = seen[key] { return first }
    seen[key] = index
    return nil
  }
}

/// The folder for temporary files: `TMPDIR`, or `/tmp` where that is not set.
public func temporaryFolder() -> String {
  let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
  return named.isEmpty ? "/tmp" : named
}
