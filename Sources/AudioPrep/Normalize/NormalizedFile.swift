/// A normalized recording whose bytes are written, but which has neither its name yet nor is it safe from a power cut.
///
/// Goes away unseen unless it is committed.
public struct NormalizedFile: Sendable {
  private let report: NormalizeReport
  private let target: AtomicFile

  /// A file that `report` tells of, all of whose bytes are in `target`.
  init(_ report: NormalizeReport, in target: AtomicFile) {
    self.report = report
    self.target = target
  }

  /// Makes the bytes durable and then gives the file its name.
  ///
  /// - Parameter syncsFolder: whether the name is to be durable too when this returns; who commits many files to one
  ///   folder may sync it once, after the last, by ``AtomicFile/syncFolder(of:)``.
  /// - Returns: what was done to the recording, now that it is.
  public func commit(syncsFolder: Bool = true) throws(NormalizeError) -> NormalizeReport {
    do throws(FileError) { try target.commit(syncsFolder: syncsFolder) } catch { throw .file(error) }
    return report
  }
}
