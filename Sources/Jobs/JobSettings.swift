import AudioPrep
import SpeechKit

/// What is to be done with the recordings of a run.
public struct JobSettings: Sendable {
  /// How audio gets to the service.
  public enum Delivery: Sendable {
    /// Inside the request, where it fits.
    case inline
    /// As an object in a bucket, under a prefix.
    case bucket(ObjectStorage, prefix: String)
  }

  /// What to ask of the recogniser.
  public var recognition: RecognitionOptions
  /// How audio gets to the service.
  public var delivery: Delivery
  /// What to make of each recording first; nil sends files as they are.
  public var normalization: NormalizeOptions?
  /// Whether uploaded objects stay in the bucket after the results are safe.
  public var keepsObjects = false
  /// Whether to wait for the results.
  public var waits = true
  /// Seconds to wait for one recording's results; nil waits for as long as it takes.
  public var timeout: Double?
  /// Where transcripts go; nil is beside the input.
  public var outputFolder: String?
  /// What transcripts to write.
  public var formats: [TranscriptFormat] = [.txt, .json]
  /// Whether existing transcripts may be replaced.
  public var replacesTranscripts = false
  /// How many recordings are normalized at once.
  public var parallel: Int
  /// Whether warnings fail a file too.
  public var strict = false

  /// Settings with the contract's defaults.
  public init(
    recognition: RecognitionOptions, delivery: Delivery, normalization: NormalizeOptions?, parallel: Int
  ) {
    self.recognition = recognition
    self.delivery = delivery
    self.normalization = normalization
    self.parallel = parallel
  }
}

/// One recording to be recognised.
public struct JobInput: Sendable, Equatable {
  /// What is sent.
  public enum Source: Sendable, Equatable {
    /// A file on this machine.
    case file(InputList.File)
    /// An object that is in a bucket already.
    case uri(String)
  }

  /// What is sent.
  public var source: Source

  /// A recording.
  public init(_ source: Source) {
    self.source = source
  }

  /// The recording, as the user named it.
  public var path: String {
    switch source {
    case .file(let file): file.path
    case .uri(let uri): uri
    }
  }
}
