import AudioPrep

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder for checked files on their way to the service; removed, with what is in it, when nobody holds it.
public final class TemporaryFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// Makes a folder in `parent`, readable by this user only.
  public init(in parent: String) throws(FileError) {
    var template = Array((parent + "/wavprep.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FileError(temporaryFolder: parent, "cannot make a temporary folder", errno: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A path in a folder that nothing has yet.
  static func newPath(in folder: String) -> String {
    folder + "/" + String(UInt64.random(in: .min ... .max), radix: 36) + ".wav"
  }

  deinit {
    guard let stream = opendir(path) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { unlink(path + "/" + name) }
    }
    closedir(stream)
    rmdir(path)
  }
}
