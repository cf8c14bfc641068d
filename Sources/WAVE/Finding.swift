/// One thing that is wrong with a file, or worth knowing about it.
public struct Finding: Sendable, Equatable {
  /// What is wrong: a stable name that scripts may match on.
  public var id: ID
  /// How bad it is in the profile that the file was checked for.
  public var severity: Severity
  /// The byte of the file where the fault stands; nil where it has no single place.
  public var offset: UInt64?
  /// What is wrong, with the numbers read and the numbers expected; one sentence without a full stop.
  public var message: String
  /// What to do about it; one sentence without a full stop.
  public var fix: String

  /// Makes a finding.
  public init(_ id: ID, _ severity: Severity, at offset: UInt64? = nil, _ message: String, fix: String) {
    self.id = id
    self.severity = severity
    self.offset = offset
    self.message = message
    self.fix = fix
  }
}

extension Finding {
  /// How bad a finding is.
  public enum Severity: String, Sendable, Comparable, CaseIterable {
    /// Good to know.
    case info
    /// Worth a look; fails the file under `--strict`.
    case warning
    /// The recogniser will refuse the file, or audio is lost.
    case error

    /// Orders by how bad: information first, errors last.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .info: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// The stable names of all findings.
  public enum ID: String, Sendable, CaseIterable {
    // Structure.
    case emptyFile = "empty-file"
    case notRiff = "not-riff"
    case notWave = "not-wave"
    case headerTruncated = "header-truncated"
    case fmtMissing = "fmt-missing"
    case dataMissing = "data-missing"
    case dataBeforeFmt = "data-before-fmt"
    case fmtDuplicate = "fmt-duplicate"
    case dataDuplicate = "data-duplicate"
    case fmtSize = "fmt-size"
    case dataEmpty = "data-empty"
    case dataTruncated = "data-truncated"
    case dataSizePlaceholder = "data-size-placeholder"
    case dataPartialFrame = "data-partial-frame"
    case riffSizeMismatch = "riff-size-mismatch"
    case trailingBytes = "trailing-bytes"
    case chunkIdInvalid = "chunk-id-invalid"
    case chunkOverruns = "chunk-overruns"
    case chunkUnpadded = "chunk-unpadded"
    case chunksTooMany = "chunks-too-many"
    case ds64Missing = "ds64-missing"
    case ds64Misplaced = "ds64-misplaced"
    case ds64Unneeded = "ds64-unneeded"
    case bextVersion = "bext-version"
    case bigEndian = "big-endian"
    case wave64
    case rf64

    // Format fields.
    case channelsZero = "channels-zero"
    case sampleRateZero = "sample-rate-zero"
    case bitsInvalid = "bits-invalid"
    case blockAlignMismatch = "block-align-mismatch"
    case byteRateMismatch = "byte-rate-mismatch"
    case encodingUnknown = "encoding-unknown"
    case extensibleTruncated = "extensible-truncated"
    case validBits = "valid-bits"
    case channelMaskMismatch = "channel-mask-mismatch"
    case factMissing = "fact-missing"
    case factMismatch = "fact-mismatch"

    // Recogniser limits.
    case encodingUnsupported = "encoding-unsupported"
    case sampleRateUnsupported = "sample-rate-unsupported"
    case durationLimit = "duration-limit"
    case sizeLimit = "size-limit"
    case inlineLimit = "inline-limit"
    case channelsBilling = "channels-billing"

    // Samples.
    case silent
    case mostlySilent = "mostly-silent"
    case clipped
    case overFullScale = "over-full-scale"
    case nonFinite = "non-finite"
    case dcOffset = "dc-offset"
    case levelLow = "level-low"
    case channelSilent = "channel-silent"
    case channelsIdentical = "channels-identical"
    case channelsAntiphase = "channels-antiphase"
    case dropouts
    case bandLimited = "band-limited"

    // What normalizing did.
    case channelsMixed = "channels-mixed"
  }
}
