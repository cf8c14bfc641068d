import WAVE

/// What a file is checked for.
public enum Profile: String, Sendable, CaseIterable {
  /// Yandex SpeechKit API v3, asynchronous recognition: what it refuses, limits and bills.
  case speechKitV3 = "speechkit-v3"
  /// Structure and samples alone.
  case wave

  /// The finding with the severity that it has in this profile.
  ///
  /// The recogniser takes RIFF alone; to a reader of WAVE files another container is no fault.
  func graded(_ finding: Finding) -> Finding {
    switch (self, finding.id) {
    case (.speechKitV3, .bigEndian), (.speechKitV3, .rf64), (.speechKitV3, .wave64):
      var graded = finding
      graded.severity = .error
      return graded
    default:
      return finding
    }
  }
}
