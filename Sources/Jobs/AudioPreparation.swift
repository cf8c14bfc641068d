import AudioPrep
import Dispatch
import WAVE

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that the recogniser will take, checked after it was written.
final class CheckedAudio: Sendable {
  /// Where it is.
  let path: String
  /// Its channels.
  let channels: Int
  /// Its length in seconds.
  let seconds: Double
  /// What its recognition is billed as.
  let billing: Billing?
  private let isTemporary: Bool

  init(path: String, report: CheckReport, isTemporary: Bool) {
    self.path = path
    channels = report.format?.channels ?? 1
    seconds = report.format?.duration ?? 0
    billing = report.billing
    self.isTemporary = isTemporary
  }

  deinit {
    if isTemporary { unlink(path) }
  }
}

/// The half of a job that needs no network: check, normalize, check again.
struct AudioPreparation: Sendable {
  let settings: JobSettings
  /// Where temporary files go. The run holds the folder itself: the thread that ends a blocking step may let go of this
  /// value after the run is over, and the folder has to be gone by then.
  let temporaryFolder: String
  let threads: Int
  let isCancelled: @Sendable () -> Bool
  let onProgress: @Sendable (_ frames: Int64, _ sampleRate: Int) -> Void

  /// Checks a recording and makes of it the file to send.
  ///
  /// - Throws: when it cannot be read, has no audio that can be used, or the result fails its check.
  func prepare(
    _ path: String, observe: (JobEvent) -> Void
  ) throws(JobFailure) -> CheckedAudio {
    let input: InputFile
    do throws(FileError) { input = try InputFile(path) } catch { throw JobFailure(error, recording: path) }
    guard let options = settings.normalization else {
      let kept = input.isStream ? try keep(input) : nil
      return try check(kept ?? path, isTemporary: kept != nil, strict: settings.strict, observe)
    }
    try checkInput(input, observe)
    return try check(try normalize(input, options, observe), isTemporary: true, strict: false, observe)
  }

  /// Writes the normalized recording to a temporary file.
  private func normalize(
    _ input: InputFile, _ options: NormalizeOptions, _ observe: (JobEvent) -> Void
  ) throws(JobFailure) -> String {
    let output = TemporaryFolder.newPath(in: temporaryFolder)
    var normalizer = Normalizer(options)
    normalizer.options.threads = threads
    normalizer.isCancelled = isCancelled
    normalizer.onProgress = onProgress
    do throws(NormalizeError) {
      observe(.normalized(try normalizer.normalize(input, to: output)))
      return output
    } catch {
      throw failure(error, recording: input.path, temporary: output)
    }
  }

  /// Why there is no temporary file. That one's own name says nothing to anybody, and where transcripts go is no remedy.
  private func failure(_ error: NormalizeError, recording: String, temporary: String) -> JobFailure {
    switch error {
    case .file(let error) where error.path == temporary:
      var reason = error.summary
      if case .failed(let action, let cause, _) = error.reason { reason = "\(action): \(cause)" }
      let place = folder(of: temporaryFolder)
      let moved = FileError(place, "cannot keep a temporary file", reason, remedy: FileError.temporaryFolderRemedy)
      return JobFailure(moved, recording: recording)
    case .file(let error): return JobFailure(error, recording: recording)
    case .interrupted: return JobFailure(message: error.summary, couldNotRun: true)
    case .unusable, .impossible: return JobFailure(message: error.summary)
    }
  }

  /// Keeps what came through a pipe in a temporary file, since it can be read only once by its name.
  private func keep(_ input: InputFile) throws(JobFailure) -> String {
    let path = TemporaryFolder.newPath(in: temporaryFolder)
    do throws(FileError) {
      let copy = try AtomicFile(path, replaces: false)
      try copy.copy(input, isCancelled: isCancelled)
      if !isCancelled() { try copy.commit() }
    } catch { throw failure(.file(error), recording: input.path, temporary: path) }
    if isCancelled() { throw JobFailure(message: "interrupted", couldNotRun: true) }
    return path
  }

  /// Tells what is wrong with the recording as it came. Faults of structure end nothing here: normalizing repairs
  /// what can be repaired, and says what cannot.
  private func checkInput(_ input: InputFile, _ observe: (JobEvent) -> Void) throws(JobFailure) {
    let checker = Checker(options: Checker.Options(profile: .wave))
    let report: CheckReport
    do throws(FileError) {
      report = try checker.check(input)
    } catch { throw JobFailure(error, recording: input.path) }
    for finding in report.sortedFindings where finding.id != .notRiff { observe(.found(finding)) }
    if settings.strict, let finding = report.sortedFindings.first(where: { $0.severity >= .warning }) {
      throw JobFailure(finding)
    }
  }

  /// Checks the file to send, as the service will.
  private func check(
    _ path: String, isTemporary: Bool, strict: Bool, _ observe: (JobEvent) -> Void
  ) throws(JobFailure) -> CheckedAudio {
    var options = Checker.Options(strict: strict)
    if case .inline = settings.delivery { options.inline = true }
    let report: CheckReport
    do throws(FileError) {
      report = try Checker(options: options).check(path)
    } catch {
      if isTemporary { unlink(path) }
      throw JobFailure(error, recording: path)
    }
    let audio = CheckedAudio(path: path, report: report, isTemporary: isTemporary)
    if report.verdict == .fail, let worst = report.sortedFindings.first { throw JobFailure(worst) }
    // What is left to say of a file of our own making was said of the recording.
    if settings.normalization == nil {
      for finding in report.sortedFindings { observe(.found(finding)) }
    }
    return audio
  }
}

extension JobFailure {
  /// The failure to read or write a file; one that is not the recording is named.
  init(_ error: FileError, recording: String) {
    self.init(message: error.path == recording ? error.summary : error.description, couldNotRun: true)
  }

  /// A finding that forbids to send the file.
  init(_ finding: Finding) {
    let place = finding.offset.map { " at byte \($0)" } ?? ""
    self.init(message: "\(finding.id.rawValue)\(place): \(finding.message); \(finding.fix)")
  }
}

/// Runs work that blocks on a thread of its own, off the threads that carry async tasks.
func blocking<Value: Sendable, Failure: Error>(
  _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
  let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
    DispatchQueue.global().async {
      continuation.resume(returning: Result { () throws(Failure) in try work() })
    }
  }
  return try result.get()
}
