import WAVE

/// What SpeechKit API v3 takes as WAV in asynchronous recognition, by its public reference.
enum RecognizerLimits {
  /// Frames a second.
  static let sampleRates = [8000, 16000, 48000]
  /// Seconds of audio, summed over the channels: 4 h.
  static let seconds: UInt64 = 4 * 3600
  /// Bytes of an uploaded file: 1 GB.
  static let bytes: UInt64 = 1_000_000_000
  /// Bytes of a file that fits a request body of 60 MB as base64.
  static let inlineBytes: UInt64 = 44_000_000

  /// The findings about a file whose structure has been inspected.
  ///
  /// - Parameters:
  ///   - inspection: what its header says; without one there is nothing to compare.
  ///   - byteCount: the bytes of the whole file.
  ///   - inline: whether the file will travel inside the request.
  static func findings(_ inspection: Inspection, byteCount: UInt64, inline: Bool) -> [Finding] {
    guard let header = inspection.header else { return [] }
    var findings: [Finding] = []
    func add(_ finding: Finding?) {
      if let finding { findings.append(finding) }
    }
    add(encoding(header, told: inspection.findings))
    add(sampleRate(header))
    add(duration(header))
    add(size(byteCount))
    add(inlineSize(byteCount, inline: inline))
    add(billing(header))
    return findings
  }

  /// 16-bit PCM alone. Silent where the format's own fields are at fault, or the byte order: those have ids.
  private static func encoding(_ header: WaveHeader, told: [Finding]) -> Finding? {
    let isInteger = header.encoding.family == .integer
    let lacksBits = header.format.size < 16
    let is16Bit = isInteger && header.layout?.bytesPerSample ?? 2 == 2 && (header.bitsPerSample == 16 || lacksBits)
    let isTold = told.contains {
      switch $0.id {
      case .encodingUnknown, .extensibleTruncated: true
      case .bitsInvalid: isInteger
      default: false
      }
    }
    guard !is16Bit, !isTold else { return nil }
    return Finding(
      .encodingUnsupported, .error, at: header.format.offset,
      "the recogniser takes 16-bit PCM, not \(header.encoding.name)", fix: "let wavprep normalize convert it")
  }

  private static func sampleRate(_ header: WaveHeader) -> Finding? {
    guard header.sampleRate != 0, !sampleRates.contains(header.sampleRate) else { return nil }
    return Finding(
      .sampleRateUnsupported, .error, at: header.format.offset + 4,
      "the recogniser takes 8000, 16000 and 48000 Hz, not \(header.sampleRate)",
      fix: "let wavprep normalize convert it")
  }

  private static func duration(_ header: WaveHeader) -> Finding? {
    guard let frames = header.frames, header.sampleRate > 0 else { return nil }
    let (samples, overflow) = frames.multipliedReportingOverflow(by: UInt64(header.channels))
    let most = seconds * UInt64(header.sampleRate)
    guard overflow || samples > most else { return nil }
    let hours = Double(samples) / Double(header.sampleRate) / 3600
    return Finding(
      .durationLimit, .error,
      "the recogniser takes 4 h over all channels; this is \(overflow ? "far more" : tenths(hours) + " h")",
      fix: header.channels > 1 ? "mix the channels to one, or cut the recording" : "cut the recording into parts")
  }

  private static func size(_ byteCount: UInt64) -> Finding? {
    guard byteCount > bytes else { return nil }
    return Finding(
      .sizeLimit, .error, "the recogniser takes files of \(bytes) bytes; this one has \(byteCount)",
      fix: "let wavprep normalize lower its rate and bits, or cut the recording")
  }

  private static func inlineSize(_ byteCount: UInt64, inline: Bool) -> Finding? {
    // A file too large for any way needs no word on one of the ways.
    guard byteCount > inlineBytes, inline || byteCount <= bytes else { return nil }
    return Finding(
      .inlineLimit, inline ? .error : .info,
      "a request holds files of \(inlineBytes) bytes; this one has \(byteCount)", fix: "send it by way of a bucket")
  }

  private static func billing(_ header: WaveHeader) -> Finding? {
    // A single channel costs what two cost as well, but there is nothing to be done about it.
    guard header.channels > 1, !header.channels.isMultiple(of: 2) else { return nil }
    return Finding(
      .channelsBilling, .info, at: header.format.offset + 2,
      "channels are billed in pairs: \(header.channels) cost what \(header.channels + 1) would",
      fix: "leave out a channel that is not needed: wavprep normalize --channels")
  }

  private static func tenths(_ value: Double) -> String {
    let rounded = UInt64((value * 10).rounded(.up))
    return "\(rounded / 10).\(rounded % 10)"
  }
}
