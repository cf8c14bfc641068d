import AudioPrep
import Cryptography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names of uploaded objects.
public enum ObjectName {
  /// The name of a recording's object: the prefix, a folder that no other recording has, the recording's own name.
  ///
  /// Two recordings of one name must not meet in the bucket while both are recognised. The folder comes from the
  /// recording's place, size and time, so that the same recording has the same name on every run; what comes through
  /// a pipe has a new one each time.
  public static func key(for input: JobInput, prefix: String) -> String {
    var status = stat()
    var identity = realPath(of: input.path) ?? input.path
    if input.path == "-" || stat(input.path, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
      identity += "\0\(UInt64.random(in: .min ... .max))"
    } else {
      identity += "\0\(status.st_size)\0\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
    let folder = SHA256.hash(identity).hex.prefix(12)
    return prefix + folder + "/" + wavName(of: lastComponent(of: input.path == "-" ? "stdin" : input.path))
  }
}

/// The path of a file without links and detours; nil where there is no such file.
func realPath(of path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}
