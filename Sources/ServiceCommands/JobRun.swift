import ArgumentParser
import AudioPrep
import Jobs
import SpeechKit
import Synchronization
import WavprepCommands

/// One run of jobs from the command line: connection, pipeline, progress, reports, exit code.
struct JobRun {
  let service: ServiceOptions
  let recognition: RecognitionArguments
  let job: JobOptions
  let console: Console
  let normalization: NormalizeOptions?
  let waits: Bool
  let strict: Bool
  let parallel: Int?

  /// Does the jobs and ends the program with what came of them.
  ///
  /// - Parameter unreadable: how many inputs could not be found, which counts towards the exit code.
  func run(_ inputs: [JobInput], unreadable: Int) async throws {
    var environment = processEnvironment()
    if job.dryRun {
      return try await DryRun(self, environment).run(inputs, unreadable: unreadable)
    }
    let sandbox = try job.sandbox ? console.orExit { () throws(FileError) in try SandboxProcess() } : nil
    if let sandbox { environment = sandbox.environment.merging(localSettings(environment)) { own, _ in own } }
    // Credentials first: without them nothing else is worth starting.
    let connection = try service.connection(environment, console)
    let settings = try settings(environment, connection)
    let pipeline = try console.orExit { () throws(FileError) in try Pipeline(settings, connection) }
    let tally = await run(pipeline, inputs)
    withExtendedLifetime(sandbox) {}
    try tally.exit(unreadable: unreadable)
  }

  private func run(_ pipeline: Pipeline, _ inputs: [JobInput]) async -> JobTally {
    let interrupt = Interrupt()
    let progress = JobProgress(jobs: inputs.count, on: console)
    let watch = JobWatch(console: console, progress: progress)
    let tally = Mutex(JobTally())
    let work = Task {
      await pipeline.run(
        inputs, observe: { watch.observe($0, $1) },
        onProgress: { frames, rate in progress.normalized(milliseconds: frames * 1000 / Int64(rate)) },
        isCancelled: { interrupt.isRaised },
        finished: { report in
          tally.withLock { $0.add(report) }
          watch.show(report)
        })
    }
    let watcher = Task {
      await interrupt.wait()
      if interrupt.isRaised { work.cancel() }
    }
    await work.value
    watcher.cancel()
    progress.end()
    return tally.withLock { tally in
      tally.isInterrupted = interrupt.isRaised
      return tally
    }
  }

  /// The settings that the options and the environment make; ends the program with code 64 where they contradict.
  func settings(_ environment: [String: String], _ connection: Connection?) throws -> JobSettings {
    let options: RecognitionOptions
    do throws(RecognitionOptionsError) { options = try recognition.options() } catch {
      throw ValidationError(error.description)
    }
    var settings = JobSettings(
      recognition: options, delivery: try delivery(environment, connection), normalization: normalization,
      parallel: parallel ?? processorCount())
    settings.keepsObjects = job.keepObject
    settings.waits = waits
    settings.timeout = job.timeout
    settings.outputFolder = job.outputDir
    settings.formats = job.formats.formats
    settings.replacesTranscripts = job.force
    settings.strict = strict
    return settings
  }

  private func delivery(
    _ environment: [String: String], _ connection: Connection?
  ) throws -> JobSettings.Delivery {
    guard let bucket = job.bucketName(environment), let connection else { return .inline }
    do throws(StorageConfigurationError) {
      return .bucket(try ObjectStorage(connection, bucket: bucket), prefix: job.objectPrefix(environment))
    } catch {
      console.error(error.description)
      throw ExitCode(ExitStatus.couldNotRun)
    }
  }

  /// What of the environment does not point at a service: the sandbox's own variables replace all that does.
  private func localSettings(_ environment: [String: String]) -> [String: String] {
    environment.filter { name, _ in
      !name.hasPrefix("WAVPREP_") && !name.hasPrefix("YC_") && !name.hasPrefix("AWS_") && name != "API_KEY"
        && name != "IAM_TOKEN"
    }
  }
}

/// How many jobs came out how.
struct JobTally: Sendable {
  var done = 0
  var failed = 0
  var couldNotRun = 0
  var isInterrupted = false

  mutating func add(_ report: JobReport) {
    if report.error == nil {
      done += 1
    } else if report.couldNotRun {
      couldNotRun += 1
    } else {
      failed += 1
    }
  }

  func exit(unreadable: Int) throws {
    if isInterrupted { throw ExitCode(ExitStatus.interrupted) }
    // Where nothing at all could be done the run failed; where some could, some jobs did.
    if done == 0 && failed == 0 && couldNotRun + unreadable > 0 { throw ExitCode(ExitStatus.couldNotRun) }
    if failed + couldNotRun + unreadable > 0 { throw ExitCode(ExitStatus.someFailed) }
  }
}
