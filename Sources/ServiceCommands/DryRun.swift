import ArgumentParser
import AudioPrep
import Jobs
import SpeechKit
import WavprepCommands

/// `--dry-run`: what would be done to each recording, the request, and the seconds that it is billed as.
struct DryRun {
  private let run: JobRun
  private let settings: JobSettings
  private let bucket: String?
  private let prefix: String
  private let endpoints: Endpoints

  /// A dry run of a run of jobs; ends the program with code 64 where its options contradict.
  init(_ run: JobRun, _ environment: [String: String]) throws {
    self.run = run
    settings = try run.settings(environment, nil)
    bucket = run.job.bucketName(environment)
    prefix = run.job.objectPrefix(environment)
    do throws(EndpointError) { endpoints = try run.service.endpoints(environment) } catch {
      throw ValidationError(error.description)
    }
  }

  /// What would be done to one recording.
  private struct Plan {
    let steps: [String]
    let request: String
    let billing: Billing?
  }

  /// Plans all jobs and ends the program with 1 where one could not be done.
  func run(_ inputs: [JobInput], unreadable: Int) async throws {
    var failed = unreadable
    var seconds: UInt64 = 0
    for input in inputs {
      do throws(NormalizeError) {
        let plan = try plan(input)
        seconds += plan.billing?.seconds ?? 0
        show(input, plan)
      } catch {
        failed += 1
        run.console.error(error.description)
      }
    }
    if !run.console.isJSON, inputs.count > 1 {
      run.console.note("\(inputs.count) recordings, \(seconds) billable seconds")
    }
    if failed > 0 { throw ExitCode(ExitStatus.someFailed) }
  }

  private func plan(_ input: JobInput) throws(NormalizeError) -> Plan {
    guard case .file(let file) = input.source else {
      return Plan(steps: [], request: settings.recognition.requestJSON(uri: input.path), billing: nil)
    }
    let recording: InputFile
    do throws(FileError) { recording = try InputFile(file.path) } catch { throw .file(error) }
    guard let options = settings.normalization else { return try check(recording, input) }
    let report = try Normalizer(options).preview(recording)
    let format = report.format
    let billing = Billing(
      frames: UInt64(format.frames), sampleRate: format.sampleRate, channels: format.channels)
    return Plan(
      steps: report.changed ? report.steps : ["fits already"],
      request: request(input, bytes: Int(format.dataBytes) + format.count), billing: billing)
  }

  private func check(_ recording: InputFile, _ input: JobInput) throws(NormalizeError) -> Plan {
    let checker = Checker(options: Checker.Options(strict: settings.strict, inline: bucket == nil))
    let report: CheckReport
    do throws(FileError) { report = try checker.check(recording) } catch { throw .file(error) }
    if report.verdict == .fail, let worst = report.sortedFindings.first {
      throw .unusable(path: recording.path, reason: "\(worst.id.rawValue): \(worst.message)", remedy: worst.fix)
    }
    return Plan(
      steps: ["sent as it is"], request: request(input, bytes: Int(recording.byteCount)), billing: report.billing)
  }

  private func request(_ input: JobInput, bytes: Int) -> String {
    guard let bucket else { return settings.recognition.requestJSON(contentBytes: bytes) }
    let key = ObjectName.key(for: input, prefix: prefix)
    return settings.recognition.requestJSON(uri: ObjectStorage.uri(of: key, bucket: bucket, at: endpoints.storage))
  }

  private func show(_ input: JobInput, _ plan: Plan) {
    if run.console.isJSON {
      let json = JSON.object([
        ("path", .string(input.path)), ("steps", .array(plan.steps.map { .string($0) })),
        ("request", .raw(plan.request)),
        ("billing", plan.billing.map { .object([("seconds", .unsigned($0.seconds))]) } ?? .null),
      ])
      run.console.result(json.text)
      return
    }
    let cost = plan.billing.map { "\($0.seconds) billable seconds" } ?? "length unknown"
    let steps = plan.steps.isEmpty ? "sent as it is" : plan.steps.joined(separator: ", ")
    run.console.result("\(input.path.printable): \(steps); \(cost)\n  \(plan.request)")
  }
}
