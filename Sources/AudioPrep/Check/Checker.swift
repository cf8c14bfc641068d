import WAVE

/// Checks files: is this WAV sound, and will the recogniser take it?
public struct Checker: Sendable {
  /// What to check for.
  public struct Options: Sendable, Equatable {
    /// What the file is meant for.
    public var profile: Profile
    /// Whether samples are left alone.
    public var headersOnly: Bool
    /// Whether a warning fails the file.
    public var strict: Bool
    /// Whether the file will travel inside the request.
    public var inline: Bool

    /// Makes a set of options.
    public init(
      profile: Profile = .speechKitV3, headersOnly: Bool = false, strict: Bool = false, inline: Bool = false
    ) {
      self.profile = profile
      self.headersOnly = headersOnly
      self.strict = strict
      self.inline = inline
    }
  }

  /// What to check for.
  public var options: Options
  /// What measures the samples.
  public var scanner: SampleScanner

  /// Makes a checker.
  public init(options: Options = Options(), scanner: SampleScanner = SampleScanner()) {
    self.options = options
    self.scanner = scanner
  }

  /// Checks the file at a path; `-` is standard input.
  ///
  /// - Throws: that it cannot be opened or read. Nothing in its bytes is an error here: that is what findings are for.
  public func check(_ path: String) throws(FileError) -> CheckReport {
    try check(try InputFile(path))
  }

  /// Checks a file that is open: its structure, and its samples unless ``Options/headersOnly`` is set.
  ///
  /// - Throws: that it cannot be read.
  public func check(_ file: InputFile) throws(FileError) -> CheckReport {
    let inspection = try WAVE.inspect(file)
    var report = report(inspection, byteCount: file.byteCount, path: file.path)
    if !options.headersOnly, inspection.tellsSamples, let header = inspection.header,
      let scan = try scanner.scan(file, header)
    {
      report.levels = scan.json
      report.findings += SampleFindings.findings(scan)
    }
    return report
  }

  /// Checks the structure of bytes that some source holds.
  ///
  /// - Parameters:
  ///   - source: the bytes.
  ///   - path: the name that the report gives them.
  /// - Throws: what the source fails with.
  public func check<Source: ByteSource & ~Copyable>(
    _ source: borrowing Source, path: String
  ) throws(Source.Failure) -> CheckReport {
    let inspection = try WAVE.inspect(source)
    return report(inspection, byteCount: source.byteCount, path: path)
  }

  /// The report on a file that has been inspected.
  ///
  /// - Parameters:
  ///   - inspection: what its header says.
  ///   - byteCount: the bytes of the whole file.
  ///   - path: the name that the report gives it.
  public func report(_ inspection: Inspection, byteCount: UInt64, path: String) -> CheckReport {
    var findings = inspection.findings.map(options.profile.graded)
    let format = inspection.header.map(FormatSummary.init)
    var billing: Billing?
    if options.profile == .speechKitV3 {
      findings += RecognizerLimits.findings(inspection, byteCount: byteCount, inline: options.inline)
      if let format, let frames = format.frames {
        billing = Billing(frames: frames, sampleRate: format.sampleRate, channels: format.channels)
      }
    }
    return CheckReport(path: path, format: format, findings: findings, billing: billing, strict: options.strict)
  }
}

extension Inspection {
  /// Whether the format's fields agree on where each sample is. Where they do not, what would be measured is noise
  /// of our own making.
  fileprivate var tellsSamples: Bool {
    !findings.contains { [.bitsInvalid, .blockAlignMismatch].contains($0.id) && $0.severity == .error }
  }
}
