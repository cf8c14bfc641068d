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
  guard let slash = path.lastIndex(of: "/") else { return "." }
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
