import AudioPrep
import SpeechKit

/// One recording on its way: prepare, deliver, submit, wait, write transcripts.
struct Job: Sendable {
  let input: JobInput
  let settings: JobSettings
  let client: SpeechKitClient
  let preparation: AudioPreparation
  /// Lets as many recordings be prepared at once as there are cores to do it.
  let preparing: Gate
  let observe: @Sendable (JobEvent) -> Void

  /// Does the job as far as it goes.
  func run() async -> JobReport {
    var report = JobReport(path: input.path)
    do throws(JobFailure) {
      try await run(&report)
    } catch {
      report.state = error.state
      report.error = error.message.printable
      report.couldNotRun = error.couldNotRun
    }
    return report
  }

  private func run(_ report: inout JobReport) async throws(JobFailure) {
    let outputs = TranscriptFiles(for: input, settings)
    // Before a cent is spent: results that cannot be kept are not asked for.
    if settings.waits { try outputs.checkWritable() }
    let sent = try await send(&report)
    guard settings.waits else { return }

    let schedule = PollSchedule(
      audioSeconds: (sent.seconds ?? 60) * Double(sent.channels), isDeferred: settings.recognition.isDeferred)
    try await finish(sent.operationID, object: sent.objectKey, schedule)
    report.transcripts = try await outputs.write(
      sent.operationID, model: settings.recognition.model, duration: sent.seconds, client)
    report.state = .done
    await removeObject(sent.objectKey)
  }

  /// What there is to know about a recording that was accepted.
  private struct Sent {
    let operationID: String
    let objectKey: String?
    /// Its length; nil for an object that was in a bucket already.
    let seconds: Double?
    let channels: Int
  }

  /// Prepares, delivers and submits. The prepared audio goes when this returns: recognition may take a day.
  private func send(_ report: inout JobReport) async throws(JobFailure) -> Sent {
    let audio = try await prepare()
    report.billing = audio?.billing
    let delivered = try await deliver(audio, &report)
    let operation = try await submit(delivered.request, object: delivered.objectKey)
    report.operationID = operation.id
    report.state = .submitted
    observe(.submitted(operationID: operation.id))
    return Sent(
      operationID: operation.id, objectKey: delivered.objectKey, seconds: audio?.seconds,
      channels: audio?.channels ?? 1)
  }

  private func prepare() async throws(JobFailure) -> CheckedAudio? {
    guard case .file(let file) = input.source else { return nil }
    return try await preparing.run { () async throws(JobFailure) in
      try await blocking { [preparation, observe] () throws(JobFailure) in
        try preparation.prepare(file.path, observe: observe)
      }
    }
  }

  /// The request for the audio, after an upload where it travels by a bucket.
  private func deliver(
    _ audio: CheckedAudio?, _ report: inout JobReport
  ) async throws(JobFailure) -> (request: RecognitionRequest, objectKey: String?) {
    if case .uri(let uri) = input.source {
      report.uri = uri
      return (try request(.uri(uri), channels: nil), nil)
    }
    guard let audio else { throw JobFailure(message: "there is no audio to send") }
    let file: SourceFile
    do throws(SourceFileError) { file = try SourceFile(path: audio.path) } catch {
      throw JobFailure(message: "cannot send it: \(error.reason)", couldNotRun: true)
    }
    guard case .bucket(let storage, let prefix) = settings.delivery else {
      return (try request(.content(file), channels: audio.channels), nil)
    }
    let key = ObjectName.key(for: input, prefix: prefix)
    let request = try request(.uri(storage.uri(of: key)), channels: audio.channels)
    observe(.uploading(uri: storage.uri(of: key)))
    do throws(ServiceError) {
      report.uri = try await storage.upload(file, as: key).uri
    } catch {
      // Cancelled on the way, it may be there, and nothing will come to fetch it.
      if error.kind == .cancelled, error.mayHaveArrived { await removeObject(key) }
      throw JobFailure(message: "cannot upload it: \(error)", couldNotRun: error.kind.isNobodysRecording)
    }
    return (request, key)
  }

  private func request(
    _ audio: RecognitionRequest.Audio, channels: Int?
  ) throws(JobFailure) -> RecognitionRequest {
    do throws(RecognitionOptionsError) {
      return try RecognitionRequest(audio, options: settings.recognition, channels: channels)
    } catch { throw JobFailure(message: error.description) }
  }

  private func submit(
    _ request: RecognitionRequest, object: String?
  ) async throws(JobFailure) -> RecognitionOperation {
    do throws(SubmissionError) {
      return try await client.submit(request)
    } catch {
      switch error {
      case .refused(let cause):
        await removeObject(object)
        throw JobFailure(message: cause.description, couldNotRun: cause.kind.isNobodysRecording)
      case .unknown:
        throw JobFailure(state: .unknown, message: error.description, couldNotRun: true)
      }
    }
  }

  /// Waits until the operation has ended.
  ///
  /// - Throws: when it has failed, or it could not be found out how it ended.
  private func finish(_ id: String, object: String?, _ schedule: PollSchedule) async throws(JobFailure) {
    let operation: RecognitionOperation
    do throws(ServiceError) {
      operation = try await client.wait(for: id, schedule: schedule, timeout: settings.timeout)
    } catch {
      throw JobFailure(
        state: .submitted, message: "\(error); the operation goes on: wavprep wait \(id)", couldNotRun: true)
    }
    if case .failed(let code, let message) = operation.state {
      await removeObject(object)
      let code = code.map { " (code \($0))" } ?? ""
      throw JobFailure(message: "the service could not recognise it\(code): \(message.printable)")
    }
  }

  /// Removes the uploaded audio once it has served, also where the job was cancelled; that it stays is worth a warning,
  /// not a failure.
  private func removeObject(_ key: String?) async {
    guard let key, !settings.keepsObjects, case .bucket(let storage, _) = settings.delivery else { return }
    // A task of its own is not cancelled with the job's.
    let removal = Task { () -> ServiceError? in
      do throws(ServiceError) { try await storage.delete(key) } catch { return error }
      return nil
    }
    if let error = await removal.value {
      observe(.warning("the uploaded object stays in the bucket, since it cannot be deleted: \(error)"))
    }
  }
}

extension ServiceError.Kind {
  /// Whether the failure has nothing to do with the recording, so that every other job would fail alike.
  var isNobodysRecording: Bool {
    switch self {
    case .invalidArgument, .operationFailed, .sourceFile: false
    default: true
    }
  }
}
