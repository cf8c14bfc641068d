import Foundation

/// Finds what is said in one channel of 16 kHz mono 16-bit sound.
protocol Recogniser: Sendable {
  /// The utterances in a file of samples without a header, in order of time.
  ///
  /// - Parameter stretches: where there is sound. All else in the file is zeros.
  func utterances(in samples: String, stretches: [SoundStretch]) async throws -> [Utterance]
}

/// Hears that something is said, but not what: an utterance of no words per stretch of sound.
struct SilenceRecogniser: Recogniser {
  func utterances(in samples: String, stretches: [SoundStretch]) async throws -> [Utterance] {
    stretches.map { Utterance(words: [], start: $0.start, end: $0.end) }
  }
}
