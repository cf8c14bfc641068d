import AudioPrep
import SpeechKit

/// Carries many recordings through both halves, a few at a time; one failure does not stop the rest.
public struct Pipeline: Sendable {
  /// Recordings on their way at once: prepared, uploading or being recognised. Far below the service's quota of 500
  /// requests an hour, far above what keeps it busy.
  static let jobsAtOnce = 16

  private let settings: JobSettings
  private let client: SpeechKitClient
  private let folder: TemporaryFolder

  /// A pipeline over a connection to the services.
  ///
  /// - Parameter parent: where temporary files go, in a folder of their own; `TMPDIR` unless given.
  /// - Throws: when there is no place for temporary files.
  public init(
    _ settings: JobSettings, _ connection: Connection, temporaryFilesIn parent: String = temporaryFolder()
  ) throws(FileError) {
    self.settings = settings
    client = SpeechKitClient(connection)
    folder = try TemporaryFolder(in: parent)
  }

  /// Does all jobs.
  ///
  /// Cancelling the task ends each job at its next step, and its report says how far it got; recordings that were not
  /// begun by then have no report.
  ///
  /// - Parameters:
  ///   - observe: told what happens to a recording, from any task.
  ///   - onProgress: told the input frames just normalized and their rate, from any thread.
  ///   - isCancelled: asked from threads that do not belong to the task.
  ///   - finished: told each job's report as it ends, one at a time.
  public func run(
    _ inputs: [JobInput], observe: @escaping @Sendable (JobInput, JobEvent) -> Void,
    onProgress: @escaping @Sendable (_ frames: Int64, _ sampleRate: Int) -> Void,
    isCancelled: @escaping @Sendable () -> Bool, finished: (JobReport) -> Void
  ) async {
    // To the end of the run, since jobs know the folder's path only.
    defer { withExtendedLifetime(folder) {} }
    let atOnce = max(1, min(settings.parallel, inputs.count))
    let preparing = Gate(limit: atOnce)
    let preparation = AudioPreparation(
      settings: settings, temporaryFolder: folder.path, threads: max(1, settings.parallel / atOnce),
      isCancelled: isCancelled, onProgress: onProgress)
    func job(_ input: JobInput) -> Job {
      Job(
        input: input, settings: settings, client: client, preparation: preparation, preparing: preparing,
        observe: { observe(input, $0) })
    }

    var rest = refuseTwins(inputs, finished)[...]
    await withTaskGroup(of: JobReport.self) { group in
      for input in rest.prefix(max(Pipeline.jobsAtOnce, atOnce)) {
        group.addTask { [job = job(input)] in await job.run() }
      }
      rest = rest.dropFirst(max(Pipeline.jobsAtOnce, atOnce))
      for await report in group {
        finished(report)
        if let input = rest.popFirst(), !isCancelled() {
          group.addTask { [job = job(input)] in await job.run() }
        }
      }
    }
  }

  /// Refuses recordings whose transcripts would have the names of an earlier one's; returns the others.
  ///
  /// Both would see that their files can be written, both would be paid for, and one could not be kept.
  private func refuseTwins(_ inputs: [JobInput], _ finished: (JobReport) -> Void) -> [JobInput] {
    guard settings.waits else { return inputs }
    let outputs = inputs.map { TranscriptFiles(for: $0, settings) }
    let twins = earlierTwins(of: outputs.map(\.identity))
    for (index, twin) in twins.enumerated() {
      guard let twin else { continue }
      var report = JobReport(path: inputs[index].path)
      report.error =
        "its transcripts would be \(outputs[index].base.printable).*, as those of \(inputs[twin].path.printable); "
        + "send it by itself, with another --output-dir"
      finished(report)
    }
    return zip(inputs, twins).filter { $0.1 == nil }.map(\.0)
  }
}
