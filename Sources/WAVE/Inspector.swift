/// Looks at the header of a WAVE file: what it says, and what is wrong with it.
///
/// The container may be RIFF, RIFX, RF64, BW64 or Wave64. Chunks are found wherever they stand; samples are
/// skipped, not read. Memory is bounded by a few kilobytes whatever sizes the file claims, and the work by
/// 4096 chunks.
///
/// - Parameter source: the file's bytes.
/// - Returns: the header, when there is one, and the findings under "Structure" and "Format fields".
/// - Throws: what the source fails with; no content of a file is an error here.
public func inspect<Source: ByteSource & ~Copyable>(
  _ source: borrowing Source
) throws(Source.Failure) -> Inspection {
  var inspector = Inspector(byteCount: source.byteCount)
  if let container = try inspector.open(source) {
    inspector.container = container
    try inspector.walk(source)
    inspector.concludeStructure()
    inspector.checkFormat()
  }
  return Inspection(header: inspector.header, findings: inspector.list.counted)
}

/// The state of one look at a file.
struct Inspector {
  /// Bytes of the file.
  let byteCount: UInt64
  var container = Container.riff
  var list = FindingList()
  var window = Window()

  /// The 32- or 64-bit size of the container's own header.
  var formSize: UInt64 = 0
  var format: FormatChunk?
  var data: DataChunk?
  var fact: FactChunk?
  var dataSize64: DataSize64Chunk?
  var broadcast: BroadcastChunk?

  /// Where the next chunk is looked for.
  var position: UInt64 = 0
  /// The walk ended before the file did, so that what was not found may yet be there.
  var stoppedEarly = false
  /// The container's size needs no word of its own: another finding has told the same fault.
  var formSizeIsTold = false
  /// The last chunk had an odd size and no pad byte after it.
  var lastIsUnpadded = false

  /// Chunks looked at: ten times what the richest production files hold, a few milliseconds of work.
  static let chunkLimit = 4096

  init(byteCount: UInt64) { self.byteCount = byteCount }

  /// Reads the container's header; nil, with a finding, where there is no WAVE form.
  mutating func open<Source: ByteSource & ~Copyable>(
    _ source: borrowing Source
  ) throws(Source.Failure) -> Container? {
    guard byteCount > 0 else {
      list.add(.emptyFile, .error, at: 0, "the file has no bytes", fix: Remedy.copyAgain)
      return nil
    }
    let bytes = try window.bytes(ForeignFormat.bytesRead, at: 0, in: source)
    guard let container = Container(bytes.span.bytes) else {
      reportForeign(ForeignFormat(bytes.span.bytes))
      return nil
    }
    return readPrologue(bytes.span.bytes, of: container) ? container : nil
  }

  private mutating func reportForeign(_ kind: ForeignFormat?) {
    let fix =
      switch kind?.isAudio {
      case true?: "let wavprep normalize convert it"
      case false?: "give a recording"
      case nil: "give a WAV file, or let wavprep normalize try whether it is audio of another kind"
      }
    list.add(
      .notRiff, .error, at: 0,
      "no RIFF, RIFX, RF64, BW64 or Wave64 header: "
        + (kind.map { "it looks like \($0.name)" } ?? "its kind is unknown"),
      fix: fix)
  }

  /// Reads the container's size and checks the form's name.
  private mutating func readPrologue(_ bytes: RawSpan, of container: Container) -> Bool {
    let isWave: Bool
    let size: UInt64?
    if container == .wave64 {
      size = bytes.integer(UInt64.self, at: 16)
      isWave = GUID(bytes, at: 24) == Wave64.wave
    } else {
      size = bytes.integer(UInt32.self, at: 4, bigEndian: container.isBigEndian).map(UInt64.init)
      isWave = bytes.has("WAVE", at: 8)
    }
    guard let size, bytes.byteCount >= container.prologueBytes else {
      list.add(
        .headerTruncated, .error, at: byteCount,
        "the file ends after \(byteCount) bytes, inside the \(container.prologueBytes) bytes of the \(container.rawValue) header",
        fix: Remedy.copyAgain)
      return false
    }
    guard isWave else {
      let form = bytes.integer(UInt32.self, at: 8, bigEndian: true).map { FourCC($0).quoted } ?? ""
      let found = container == .wave64 ? "another GUID" : form
      list.add(
        .notWave, .error, at: container == .wave64 ? 24 : 8,
        "the \(container.rawValue) form is \(found), not WAVE\(Inspector.knownForm(form))",
        fix: "give a WAV file")
      return false
    }
    formSize = size
    position = UInt64(container.prologueBytes)
    return true
  }

  /// What RIFF forms other than WAVE hold, for those that users mistake for audio.
  private static func knownForm(_ form: String) -> String {
    switch form {
    case "\"AVI \"": ": an AVI video"
    case "\"WEBP\"": ": a WebP image"
    case "\"RMID\"": ": a MIDI file"
    case "\"ACON\"": ": an animated cursor"
    default: ""
    }
  }

  /// The first byte after the form by the container's own size; nil where no size is known.
  var formEnd: UInt64? {
    if container.hasDataSize64, formSize == DataSize64Chunk.marker {
      // EBU Tech 3306: the 32-bit size of -1 stands for the one in ds64.
      return dataSize64.map { $0.riffSize > UInt64.max - 8 ? UInt64.max : $0.riffSize + 8 }
    }
    // Wave64 counts the container's own header, RIFF does not.
    return container == .wave64 ? formSize : formSize + 8
  }

  /// Whether all is found that a recording needs.
  var isComplete: Bool { format != nil && data != nil }

  /// The header, as far as the format was found.
  var header: WaveHeader? {
    guard let format else { return nil }
    let sample = SampleFormat(format, bigEndian: container.isBigEndian)
    let layout = sample.layout(channels: format.channels, bigEndian: container.isBigEndian)
    return WaveHeader(
      container: container, format: format, data: data, fact: fact, dataSize64: dataSize64, broadcast: broadcast,
      encoding: sample.encoding, layout: layout,
      frames: FrameCount(format: format, encoding: sample.encoding, layout: layout).frames(data: data, fact: factFrames)
    )
  }

  /// The frames that the file says it has; in RF64 and BW64 a `fact` of -1 refers to `ds64` (EBU Tech 3306).
  var factFrames: UInt64? {
    guard let fact else { return nil }
    if container.hasDataSize64, fact.frames == DataSize64Chunk.marker { return dataSize64?.frames }
    return fact.frames
  }
}
