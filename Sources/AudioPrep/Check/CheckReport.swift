import WAVE

/// What `check` has to say about one file.
public struct CheckReport: Sendable {
  /// What it comes to.
  public enum Verdict: String, Sendable {
    /// Nothing stands against the file.
    case pass
    /// Something is worth a look.
    case warn
    /// The recogniser would refuse the file, or audio is lost.
    case fail
  }

  /// The file's path as the user gave it.
  public var path: String
  /// What the header says; nil when the file is no WAV.
  public var format: FormatSummary?
  /// What the samples measure, as `cli.md` lays it out; nil when they have not been looked at.
  public var levels: JSON?
  /// What is wrong, in the order in which it was found; `sortedFindings` has the worst first.
  public var findings: [Finding]
  /// What recognition would cost; nil when that cannot be told or does not arise.
  public var billing: Billing?
  /// Whether a warning fails the file.
  public var strict: Bool

  /// Makes a report.
  public init(
    path: String, format: FormatSummary?, levels: JSON? = nil, findings: [Finding], billing: Billing?,
    strict: Bool = false
  ) {
    self.path = path
    self.format = format
    self.levels = levels
    self.findings = findings
    self.billing = billing
    self.strict = strict
  }

  /// What it comes to: as bad as the worst finding.
  public var verdict: Verdict {
    switch findings.lazy.map(\.severity).max() {
    case .error: .fail
    case .warning: strict ? .fail : .warn
    case .info, nil: .pass
    }
  }

  /// The findings, errors first, then by their place in the file.
  public var sortedFindings: [Finding] {
    findings.indices.sorted { left, right in
      let (first, second) = (findings[left], findings[right])
      guard first.severity == second.severity else { return first.severity > second.severity }
      let places = (first.offset ?? UInt64.max, second.offset ?? UInt64.max)
      return places.0 == places.1 ? left < right : places.0 < places.1
    }.map { findings[$0] }
  }

  /// The report as the object that `--json` prints, keys in the contract's order.
  public var json: JSON {
    .object([
      ("path", .string(path)),
      ("verdict", .string(verdict.rawValue)),
      ("format", format?.json ?? .null),
      ("levels", levels ?? .null),
      ("findings", .array(sortedFindings.map(\.json))),
      ("billing", billing.map { .object([("seconds", .unsigned($0.seconds))]) } ?? .null),
    ])
  }
}

extension Finding {
  /// The finding as an object of `--json`.
  public var json: JSON {
    .object([
      ("id", .string(id.rawValue)),
      ("severity", .string(severity.rawValue)),
      ("offset", offset.map { .unsigned($0) } ?? .null),
      ("message", .string(message)),
      ("fix", .string(fix)),
    ])
  }
}
