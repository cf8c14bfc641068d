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
      format = try RecordingFormat(header, path: file.path)
      isSound = header.container == .riff && !findings.contains { $0.severity > .info }
    } else {
      if let fault = findings.first(where: { $0.severity == .error }), inspection.header?.layout != nil || !isForeign,
        inspection.header?.data == nil
      {
        let place = fault.offset.map { " at byte \($0)" } ?? ""
        throw .unusable(path: file.path, reason: "\(fault.id.rawValue)\(place): \(fault.message)", remedy: fault.fix)
      }
      let decoded = try DecodedSource(file)
      source = .decoded(decoded)
      format = RecordingFormat(
        path: file.path, channels: decoded.channels, sampleRate: decoded.sampleRate, sample: nil,
        integerBits: decoded.integerBits, encoding: decoded.formatName)
      isSound = false
    }
    guard source.frames > 0 else {
      throw .unusable(path: file.path, reason: "it has no samples", remedy: "record it anew, or leave it out")
    }
  }
}

extension RecordingFormat {
  /// The format that a header of plain samples describes.
  fileprivate init(_ header: WaveHeader, path: String) throws(NormalizeError) {
    guard (1...DecodedSource.maximumChannels).contains(header.channels) else {
      throw .unusable(
        path: path, reason: "\(header.channels) channels are more than \(DecodedSource.maximumChannels)",
        remedy: "repair the header, or export the file anew")
    }
    guard (1000...768_000).contains(header.sampleRate) else {
      throw .unusable(
        path: path, reason: "a sample rate of \(header.sampleRate) Hz cannot be right (1,000 to 768,000)",
        remedy: "repair the header, or export the file anew")
    }
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
