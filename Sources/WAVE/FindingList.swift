/// Findings as they come, bounded: a hostile file may repeat one fault a million times.
struct FindingList {
  private(set) var findings: [Finding] = []
  /// How many more there were of each; an array, since there are few kinds and mostly no findings at all.
  private var repeats: [Int] = []

  /// Takes a finding down. A further one of the same id is only counted.
  mutating func add(
    _ id: Finding.ID, _ severity: Finding.Severity, at offset: UInt64?, _ message: String, fix: String
  ) {
    if let index = findings.firstIndex(where: { $0.id == id }) {
      repeats[index] += 1
    } else {
      repeats.append(0)
      findings.append(Finding(id, severity, at: offset, message, fix: fix))
    }
  }

  /// Whether there is one of this id.
  func contains(_ id: Finding.ID) -> Bool { findings.contains { $0.id == id } }

  /// The findings, each with the number of its like.
  var counted: [Finding] {
    zip(findings, repeats).map { finding, count in
      guard count > 0 else { return finding }
      var finding = finding
      finding.message += " (and \(count) more of this kind)"
      return finding
    }
  }
}

/// Remedies that several findings share.
enum Remedy {
  static let normalize = "let wavprep normalize write it anew"
  static let copyAgain = "copy or download the file again and compare its size with the original's"
  static let reexport = "export the recording again from the program that made it"
  static let rewriteHeader = "let wavprep normalize write a correct header"
}
