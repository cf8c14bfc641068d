import AudioPrep
import WAVE

/// What became of one recording.
public struct JobReport: Sendable {
  /// How far it got.
  public enum State: String, Sendable {
    /// Its transcripts are written.
    case done
    /// It will not be recognised; `error` says why.
    case failed
    /// It was sent, and no answer came: it may have been accepted, and will not be sent again by itself.
    case unknown
    /// It was accepted, and its results are to be had later.
    case submitted
  }

  /// The recording, as the user named it.
  public var path: String
  /// How far it got.
  public var state = State.failed
  /// The service's id of the recognition, where it was accepted.
  public var operationID: String?
  /// The address of the audio for the service, where it has one.
  public var uri: String?
  /// The transcripts written.
  public var transcripts: [String] = []
  /// What the recognition is billed as, where known.
  public var billing: Billing?
  /// Why it failed, or what is uncertain.
  public var error: String?
  /// Whether what failed was this machine, the network or the account, not the recording.
  public var couldNotRun = false

  /// The report as the object that `--json` prints, keys in the contract's order.
  public var json: JSON {
    .object([
      ("path", .string(path)),
      ("state", .string(state.rawValue)),
      ("operationId", operationID.map { .string($0) } ?? .null),
      ("uri", uri.map { .string($0) } ?? .null),
      ("transcripts", .array(transcripts.map { .string($0) })),
      ("billing", billing.map { .object([("seconds", .unsigned($0.seconds))]) } ?? .null),
      ("error", error.map { .string($0) } ?? .null),
    ])
  }
}

/// What happens to a recording on its way, for whoever watches.
public enum JobEvent: Sendable {
  /// Something is wrong with the recording that does not stop the job.
  case found(Finding)
  /// The recording was normalized.
  case normalized(NormalizeReport)
  /// The checked file is being uploaded to this address.
  case uploading(uri: String)
  /// The service accepted the recording.
  case submitted(operationID: String)
  /// Something went wrong that does not stop the job.
  case warning(String)
}

/// Why a job ended without a transcript.
struct JobFailure: Error {
  var state = JobReport.State.failed
  /// The message without the recording's path.
  let message: String
  /// Whether this machine, the network or the account is at fault.
  var couldNotRun = false
}
