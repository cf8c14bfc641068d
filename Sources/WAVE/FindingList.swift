/// Findings as they come, bounded: a hostile file may repeat one fault a million times.
struct FindingList {
  private(set) var findings: [Finding] = []
  private var repeats: [Finding.ID: Int] = [:]

  /// Takes a finding down. A further one of the same id is only counted.
  mutating func add(
    _ id: Finding.ID, _ severity: Finding.Severity, at offset: UInt64?, _ message: String, fix: String
  ) {
    if let count = repeats[id] {
      repeats[id] = count + 1
    } else {
      repeats[id] = 0
      findings.append(Finding(id, severity, at: offset, message, fix: fix))
    }
  }

  /// Whether there is one of this id.
  func contains(_ id: Finding.ID) -> Bool { repeats[id] != nil }

  /// The findings, each with the number of its like.
  var counted: [Finding] {
    findings.map { finding in
      guard let count = repeats[finding.id], count > 0 else { return finding }
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
