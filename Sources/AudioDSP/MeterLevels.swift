/// Measures blocks of samples: what is needed of each window to tell everything about a file's levels later.
///
/// Blocks are independent of each other, so any number of them may be measured at the same time; a ``LevelFold``
/// takes what was measured in the order of the file.
public struct LevelMeter: Sendable {
  /// How the samples lie.
  public let format: MeterFormat
  let decoder: MeterDecoder
  let kernels: MeterKernels
  private let source: Source

  /// What windows are measured from: the file's bytes where a kernel reads them, else decoded samples.
  private enum Source {
    case int16, int24, int32, float32, decoded
  }

  /// Makes a meter.
  ///
  /// - Parameter instructionSet: the build of the kernels to use, one of ``InstructionSet/available``. Both give
  ///   the same results to the last bit.
  public init(_ format: MeterFormat, instructionSet: InstructionSet = .preferred) {
    self.format = format
    kernels = MeterKernels(instructionSet)
    decoder = MeterDecoder(format.layout, kernels)
    let layout = format.layout
    source =
      switch (layout.coding, layout.bytesPerSample) {
      case _ where layout.channels > 2 || layout.bigEndian: .decoded
      case (.signedInteger, 2): .int16
      case (.signedInteger, 3): .int24
      case (.signedInteger, 4): .int32
      case (.float, 4): .float32
      default: .decoded
      }
  }

  /// Measures a block, which begins at a multiple of ``MeterFormat/windowFrames`` in the file.
  ///
  /// - Precondition: `bytes` are whole frames, as many as `block` has room for or fewer, and only the file's last
  ///   block ends within a window; `block` was made for the same format.
  public func measure(_ bytes: RawSpan, into block: inout MeterBlock) {
    let bytesPerFrame = format.layout.bytesPerFrame
    let frames = bytes.byteCount / bytesPerFrame
    precondition(block.format == format && frames * bytesPerFrame == bytes.byteCount, "not a block of this format")
    precondition(frames <= format.framesPerBlock, "more than a block")
    block.reset(frames: frames)
    bytes.withUnsafeBytes { raw in
      guard let start = raw.baseAddress else { return }
      for window in 0..<block.count {
        measure(start + window * format.windowFrames * bytesPerFrame, window, &block)
      }
      findZeros(start, &block)
    }
  }

  /// Measures the window that begins at `start`.
  private func measure(_ start: UnsafeRawPointer, _ window: Int, _ block: inout MeterBlock) {
    let frames = block.spreads[window].frames
    let pairs = frames * format.layout.channels / 2
    switch source {
    case .int16: block.store(exact: kernels.int16Pairs(start, pairs), window)
    case .int24: block.store(kernels.int24Pairs(start, pairs), unit: 0x1p-31, window)
    case .int32: block.store(kernels.int32Pairs(start, pairs), unit: 0x1p-31, window)
    case .float32: block.store(kernels.float32Pairs(start, pairs), unit: 1, window)
    case .decoded:
      decode(start, frames, &block)
      measureDecoded(window, &block)
    }
    if source != .decoded, format.layout.channels == 1, !frames.isMultiple(of: 2) {
      block.add(decoder.sample(start + (frames - 1) * format.layout.bytesPerSample), window)
    }

    var isDecoded = source == .decoded
    if block.anyChannel(of: window, where: { !($0.squares < LevelMeter.largestSquares) }) {
      if !isDecoded { decode(start, frames, &block) }
      isDecoded = true
      boundSamples(window, &block)
      measureDecoded(window, &block)
    }
    let rail = format.rail
    if block.anyChannel(of: window, where: { $0.maximum >= rail || $0.minimum <= -rail }) {
      if !isDecoded { decode(start, frames, &block) }
      findRails(window, &block)
    }
  }

  /// What the sum of squares of a window stays below if its samples have single precision's range: 8192 × 2²⁵⁶.
  ///
  /// A window that does not has samples that are infinite, NaN, or doubles beyond that range.
  private static let largestSquares = 0x1p270

  /// Decodes a window into the block's room for samples.
  private func decode(_ start: UnsafeRawPointer, _ frames: Int, _ block: inout MeterBlock) {
    block.samples.withUnsafeMutableBufferPointer { samples in
      guard let samples = samples.baseAddress else { return }
      decoder.decode(start, into: samples, count: frames * format.layout.channels)
    }
  }

  /// Measures the window that is decoded.
  private func measureDecoded(_ window: Int, _ block: inout MeterBlock) {
    let frames = block.spreads[window].frames
    let channels = format.layout.channels
    if channels > 2 {
      measureFrames(frames, window, &block)
      return
    }
    let totals = block.samples.withUnsafeBytes { samples in
      samples.baseAddress.map { kernels.float64Pairs($0, frames * channels / 2) }
    }
    if let totals { block.store(totals, unit: 1, window) }
    if channels == 1, !frames.isMultiple(of: 2) { block.add(block.samples[frames - 1], window) }
  }

  /// Measures the decoded window of more than two channels.
  private func measureFrames(_ frames: Int, _ window: Int, _ block: inout MeterBlock) {
    let channels = format.layout.channels
    let spread = block.samples.withUnsafeBufferPointer { samples in
      block.totals.withUnsafeMutableBufferPointer { totals -> (difference: Double, mix: Double) in
        guard let samples = samples.baseAddress, let minimum = totals.baseAddress else { return (0, 0) }
        return kernels.frames(
          samples, frames, channels, minimum, minimum + channels, minimum + 2 * channels, minimum + 3 * channels,
          minimum + 4 * channels)
      }
    }
    block.spreads[window].difference = spread.difference
    block.spreads[window].mix = spread.mix
    for channel in 0..<channels {
      let index = window * channels + channel
      block.channels[index].minimum = block.totals[channel]
      block.channels[index].maximum = block.totals[channels + channel]
      block.channels[index].sum = block.totals[2 * channels + channel]
      block.channels[index].squares = block.totals[3 * channels + channel]
    }
  }
}
