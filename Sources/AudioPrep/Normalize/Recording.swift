import AudioDSP
import WAVE

/// A recording that has been opened: its format, its frames, and what is wrong with its structure.
struct Recording {
  let file: InputFile
  let format: RecordingFormat
  let source: FrameSource
  let findings: [Finding]

  /// Whether the file is a plain RIFF file without fault, so that a copy of it is as good as a rewrite.
  let isSound: Bool

  /// Looks at a file's structure and finds a way to its frames.
  ///
  /// - Throws: when there is no audio in it that can be decoded.
  init(_ file: InputFile) throws(NormalizeError) {
    self.file = file
    let inspection: Inspection
    do throws(FileError) { inspection = try WAVE.inspect(file) } catch { throw .file(error) }
    let isForeign = inspection.findings.contains { $0.id == .notRiff || $0.id == .notWave }
    findings = isForeign ? [] : inspection.findings

    if let header = inspection.header, let linear = LinearSource(header, in: file) {
      source = .linear(linear)
      format = RecordingFormat(header, path: file.path)
      isSound = header.container == .riff && !findings.contains { $0.severity > .info }
    } else {
      let fault = findings.first { $0.severity == .error }
      if let fault, inspection.header?.data == nil { throw NormalizeError(fault, file.path) }
      let decoded: DecodedSource
      do throws(NormalizeError) {
        decoded = try DecodedSource(file)
      } catch {
        // What the header reader found says more than libsndfile does.
        if case .unusable = error, let fault { throw NormalizeError(fault, file.path) }
        throw error
      }
      source = .decoded(decoded)
      format = RecordingFormat(
        path: file.path, channels: decoded.channels, sampleRate: decoded.sampleRate, sample: nil,
        integerBits: decoded.integerBits, encoding: decoded.formatName)
      isSound = false
    }
    try checkLimits()
  }

  /// More channels are no recording of anything, cost memory for the filters' whole windows, and are beyond
  /// libsamplerate too.
  static let mostChannels = 128
  /// Frames a second that a recording may have, and that can be asked for.
  static let sampleRates = 1_000...768_000
  /// Beyond this, 8 days at the highest rate, a length is a mistake, and sizes in bytes might overflow.
  static let mostFrames: Int64 = 1 << 39

  private func checkLimits() throws(NormalizeError) {
    let reason: String
    if format.channels > Recording.mostChannels {
      reason = "\(format.channels) channels are more than \(Recording.mostChannels)"
    } else if format.channels < 1 || !Recording.sampleRates.contains(format.sampleRate) {
      reason = "\(format.channels) channels at \(format.sampleRate) Hz cannot be right (1,000 to 768,000 Hz)"
    } else if source.frames > Recording.mostFrames {
      reason = "\(source.frames) frames cannot be right"
    } else if source.frames < 1 {
      throw .unusable(path: format.path, reason: "it has no samples", remedy: "record it anew, or leave it out")
    } else {
      return
    }
    throw .unusable(path: format.path, reason: reason, remedy: "repair the header, or export the file anew")
  }
}

extension NormalizeError {
  /// A finding that leaves nothing to be used.
  fileprivate init(_ fault: Finding, _ path: String) {
    let place = fault.offset.map { " at byte \($0)" } ?? ""
    self = .unusable(path: path, reason: "\(fault.id.rawValue)\(place): \(fault.message)", remedy: fault.fix)
  }
}

extension RecordingFormat {
  /// The format that a header of plain samples describes.
  fileprivate init(_ header: WaveHeader, path: String) {
    self.init(
      path: path, channels: header.channels, sampleRate: header.sampleRate,
      sample: RecordingFormat.outputFormat(header), integerBits: RecordingFormat.integerBits(header),
      encoding: header.encoding.name)
  }

  /// The output format whose samples are the same bytes.
  private static func outputFormat(_ header: WaveHeader) -> Quantizer.Format? {
    guard let layout = header.layout, !layout.bigEndian, header.bitsPerSample == layout.bytesPerSample * 8 else {
      return nil
    }
    return switch (layout.coding, layout.bytesPerSample) {
    case (.signedInteger, 2): .pcm16
    case (.signedInteger, 3): .pcm24
    case (.signedInteger, 4): .pcm32
    case (.float, 4): .float32
    default: nil
    }
  }

  /// G.711 codes stand for integers of 13 and 14 bits, left-justified in 16.
  private static func integerBits(_ header: WaveHeader) -> Int? {
    guard let layout = header.layout else { return nil }
    return switch layout.coding {
    case .unsignedInteger, .signedInteger: layout.bytesPerSample * 8
    case .aLaw, .muLaw: 16
    case .float: nil
    }
  }
}
