extension Sandbox {
  /// How a sandbox is to run.
  public struct Configuration: Sendable {
    /// How speech is recognised.
    public enum Speech: Sendable {
      /// By PocketSphinx where it and its English model are installed, else as `silence`.
      case automatic
      /// Not at all: an utterance without words for each stretch of sound.
      case silence
    }

    /// The port on 127.0.0.1; 0 takes a free one.
    public var port: UInt16
    /// The folder that keeps objects, operations and credentials; nil makes one that goes with the sandbox.
    public var stateDirectory: String?
    /// What goes wrong on purpose; of several rules that a request meets, the first counts.
    public var faults: [FaultRule]
    /// Chooses which requests meet the faults: the same seed, the same choice.
    public var seed: UInt64
    /// How speech is recognised.
    public var speech: Speech
    /// Recognitions at once, at least 1.
    public var parallelRecognitions: Int

    /// A configuration; every part has a default.
    public init(
      port: UInt16 = 0, stateDirectory: String? = nil, faults: [FaultRule] = [], seed: UInt64 = 1,
      speech: Speech = .automatic, parallelRecognitions: Int = 2
    ) {
      self.port = port
      self.stateDirectory = stateDirectory
      self.faults = faults
      self.seed = seed
      self.speech = speech
      self.parallelRecognitions = parallelRecognitions
    }
  }
}

/// Why the sandbox could not start.
public struct SandboxError: Error, Sendable, CustomStringConvertible {
  /// What failed, why, and what to do about it.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
