/// The fields of the `fmt ` chunk against each other and against the data.
extension Inspector {
  mutating func checkFormat() {
    guard let format else { return }
    let sample = SampleFormat(format, bigEndian: container.isBigEndian)
    checkFormatSize(format)
    checkEncoding(format, sample.encoding)
    checkCounts(format)
    checkBits(format, sample)
    checkRates(format, sample)
    checkExtensible(format, sample)
    checkData(format, sample)
  }

  /// Microsoft, mmreg.h: 16 bytes for PCM, else `cbSize` after them and as many bytes as it says. Encodings in
  /// blocks need the frames of a block from there.
  private mutating func checkFormatSize(_ format: FormatChunk) {
    let needed = format.neededBytes
    let sizeOffset = format.offset - (container == .wave64 ? 8 : 4)
    if format.formatTag == FormatTag.extensible {
      guard !format.isWholeExtensible else { return checkExcess(format, at: sizeOffset) }
      list.add(
        .extensibleTruncated, .error, at: sizeOffset,
        "an extensible format of \(format.size) bytes with cbSize \(format.extensionSize ?? 0); it takes 40 and 22",
        fix: Remedy.reexport)
    } else if format.size < needed {
      list.add(
        .fmtSize, .error, at: sizeOffset, "the fmt chunk has \(format.size) bytes where its encoding needs \(needed)",
        fix: Remedy.reexport)
    } else {
      checkExcess(format, at: sizeOffset)
    }
  }

  private mutating func checkExcess(_ format: FormatChunk, at offset: UInt64) {
    let described = format.extensionSize.map { 18 + UInt64($0) } ?? FormatChunk.plainBytes
    // For PCM `cbSize` means nothing, and old writers leave chance in it.
    let isPlainPCM = format.formatTag == FormatTag.pcm && format.size == 18
    guard format.size != described, !isPlainPCM else { return }
    list.add(
      .fmtSize, .warning, at: offset,
      "the fmt chunk has \(format.size) bytes where its fields account for \(described)", fix: Remedy.normalize)
  }

  private mutating func checkEncoding(_ format: FormatChunk, _ encoding: Encoding) {
    guard encoding.family == .unknown, !list.contains(.extensibleTruncated) else {
      return
    }
    let guid = format.subFormat.map { ", sub-format \($0)" } ?? ""
    list.add(
      .encodingUnknown, .error, at: format.offset + (format.subFormat == nil ? 0 : 24),
      "format tag \(format.formatTag.hex)\(guid) names no encoding known here",
      fix: "convert the recording with the program that made it")
  }

  private mutating func checkCounts(_ format: FormatChunk) {
    if format.channels == 0 {
      list.add(
        .channelsZero, .error, at: format.offset + 2, "the number of channels is 0", fix: Remedy.reexport)
    }
    if format.sampleRate == 0 {
      list.add(
        .sampleRateZero, .error, at: format.offset + 4, "the sample rate is 0", fix: Remedy.reexport)
    }
  }

  private mutating func checkBits(_ format: FormatChunk, _ sample: SampleFormat) {
    let bits = format.bitsPerSample
    let fault: String? =
      switch sample.encoding.family {
      case .integer where bits == 0 || bits > 64: "1 to 64 are possible"
      case .float where bits != 32 && bits != 64: "floating point has 32 or 64"
      case .aLaw where bits != 8, .muLaw where bits != 8: "G.711 has 8"
      case .integer where format.claimsNarrowContainer, .float where format.claimsNarrowContainer:
        "the block align and the byte rate leave \(format.blockAlign / format.channels * 8)"
      default: nil
      }
    guard let fault, format.size >= FormatChunk.plainBytes else { return }
    list.add(
      .bitsInvalid, .error, at: format.offset + 14, "\(bits) bits per sample where \(fault)", fix: Remedy.reexport)
  }

  /// RIFF 1991: `blockAlign` is channels × bytes of a sample, `byteRate` is that × the sample rate. When `blockAlign`
  /// stands alone against the other fields, it is the one that is wrong; when `byteRate` sides with it, frames cannot
  /// be told for sure.
  private mutating func checkRates(_ format: FormatChunk, _ sample: SampleFormat) {
    guard let expected = sample.expectedBlockAlign, !list.contains(.bitsInvalid) else { return }
    let rate = UInt64(format.sampleRate)
    let byteRates = [rate * UInt64(expected), rate * UInt64(format.blockAlign)]
    if Int(format.blockAlign) != expected {
      list.add(
        .blockAlignMismatch, UInt64(format.byteRate) == byteRates[0] ? .warning : .error, at: format.offset + 12,
        "the block align is \(format.blockAlign) where \(format.channels) × \(format.bitsPerSample) bits make \(expected)",
        fix: Remedy.rewriteHeader)
    }
    if rate > 0, !byteRates.contains(UInt64(format.byteRate)) {
      list.add(
        .byteRateMismatch, .warning, at: format.offset + 8,
        "the byte rate is \(format.byteRate) where \(rate) frames of \(expected) bytes make \(byteRates[0])",
        fix: Remedy.rewriteHeader)
    }
  }

  /// Microsoft, "Multiple channel audio data and WAVE files": valid bits fit the container, which is a whole number
  /// of bytes; the mask has a bit for each channel, or is 0 where no loudspeakers are meant.
  private mutating func checkExtensible(_ format: FormatChunk, _ sample: SampleFormat) {
    let isNumber = sample.encoding.family == .integer || sample.encoding.family == .float
    if let valid = format.validBits, isNumber, valid != format.bitsPerSample, !list.contains(.bitsInvalid) {
      list.add(
        .validBits, .warning, at: format.offset + 18, "\(valid) valid bits in containers of \(format.bitsPerSample)",
        fix: Remedy.normalize)
    }
    let anySpeakers: UInt32 = 0x8000_0000
    if let mask = format.channelMask, mask != 0, mask != anySpeakers, format.channels > 0,
      mask.nonzeroBitCount != Int(format.channels)
    {
      list.add(
        .channelMaskMismatch, .warning, at: format.offset + 20,
        "the channel mask \(mask.hex) names \(mask.nonzeroBitCount) loudspeakers for \(format.channels) channels",
        fix: Remedy.rewriteHeader)
    }
  }

  private mutating func checkData(_ format: FormatChunk, _ sample: SampleFormat) {
    guard let data else { return }
    let layout = sample.layout(channels: format.channels, bigEndian: container.isBigEndian)
    let count = FrameCount(format: format, encoding: sample.encoding, layout: layout)
    // Where frames cannot be told for sure, neither can whether the last one is whole.
    let areFramesSure = !list.contains(.bitsInvalid) && !list.contains(.blockAlignMismatch)
    if areFramesSure, data.extent == .whole, let unit = count.unitBytes, !data.availableBytes.isMultiple(of: unit),
      !isPaddedBlocks(data, unit: unit, layout)
    {
      list.add(
        .dataPartialFrame, .warning, at: data.offset + data.availableBytes / unit * unit,
        "\(data.availableBytes) bytes of data are not a whole number of \(layout == nil ? "blocks" : "frames") of \(unit) bytes",
        fix: "let wavprep normalize drop the broken frame")
    }
    checkFact(sample, data, count)
  }

  /// Whether blocks of an odd size are followed by one byte that makes the data even: SoX counts the pad byte of
  /// GSM 6.10 as data.
  private func isPaddedBlocks(_ data: DataChunk, unit: UInt64, _ layout: PCMLayout?) -> Bool {
    layout == nil && data.availableBytes % unit == 1 && data.availableBytes.isMultiple(of: 2)
  }

  /// Microsoft, New Multimedia Data Types 1994: every encoding but PCM has a `fact` chunk with the frames.
  private mutating func checkFact(_ sample: SampleFormat, _ data: DataChunk, _ count: FrameCount) {
    guard sample.encoding.family != .integer, sample.encoding.family != .unknown else { return }
    guard let fact, let frames = factFrames else {
      guard !stoppedEarly else { return }
      list.add(
        .factMissing, .warning, at: nil, "\(sample.encoding.name) has no fact chunk with the number of its frames",
        fix: Remedy.rewriteHeader)
      return
    }
    guard data.extent == .whole || data.extent == .truncated, data.availableBytes > 0,
      let most = count.capacity(of: data.claimedBytes),
      let unit = count.unitFrames
    else { return }
    // A last block is filled up, so that fewer frames than it holds may be meant, but not a whole block fewer.
    if frames > most || most - frames >= max(unit, 1) {
      list.add(
        .factMismatch, .warning, at: fact.offset, "the fact chunk says \(frames) frames where the data hold \(most)",
        fix: Remedy.rewriteHeader)
    }
  }
}

extension FormatChunk {
  /// Bytes that the encoding needs: the extension's fields where it has any that samples cannot be read without.
  var neededBytes: UInt64 {
    switch formatTag {
    // Pairs of 16-bit coefficients follow the frames of a block and the number of pairs.
    case FormatTag.adpcmMicrosoft: 22 + 4 * UInt64(coefficientCount ?? 7)
    case FormatTag.adpcmIMA, FormatTag.gsm610: 20
    default: FormatChunk.plainBytes
    }
  }
}
