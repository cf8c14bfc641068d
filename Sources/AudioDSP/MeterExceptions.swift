/// What is looked for sample by sample, in the few windows that have any of it.
extension LevelMeter {
  /// The shortest run of samples at full scale that counts as clipped.
  ///
  /// One such sample is a peak that just reaches full scale, two are one between the samples; a third in a row does
  /// not happen to sound that was not cut off.
  public static let shortestClippedRun = 3

  /// Replaces what is no number in the decoded window, and notes it.
  func boundSamples(_ window: Int, _ block: inout MeterBlock) {
    let count = format.layout.channels
    let frames = block.spreads[window].frames
    for channel in 0..<count {
      let found = block.samples.withUnsafeMutableBufferPointer { samples in
        samples.baseAddress.map {
          kernels.boundSamples($0 + channel, count, frames, Double(Float.greatestFiniteMagnitude))
        }
      }
      guard let found, found.count > 0 else { continue }
      block.channels[window * count + channel].exceptions.nonFinite = Int32(found.count)
      block.channels[window * count + channel].exceptions.firstNonFinite = Int32(found.first)
    }
  }

  /// Finds what stands at full scale or beyond it in the decoded window.
  func findRails(_ window: Int, _ block: inout MeterBlock) {
    let count = format.layout.channels
    let frames = block.spreads[window].frames
    for channel in 0..<count {
      let index = window * count + channel
      guard block.channels[index].peak >= format.rail else { continue }
      let found = block.samples.withUnsafeBufferPointer { samples in
        samples.baseAddress.map {
          kernels.rails($0 + channel, count, frames, format.rail, LevelMeter.shortestClippedRun)
        }
      }
      guard let found else { continue }
      block.channels[index].exceptions.railPrefix = Int32(found.prefix)
      block.channels[index].exceptions.railSuffix = Int32(found.suffix)
      block.channels[index].exceptions.clipped = Int32(found.clipped)
      block.channels[index].exceptions.clippedRuns = Int32(found.runs)
      block.channels[index].exceptions.firstClipped = Int32(found.firstClipped)
      block.channels[index].exceptions.over = Int32(found.over)
      block.channels[index].exceptions.firstOver = Int32(found.firstOver)
    }
  }

  /// Counts the digital zeros at the ends of windows, where a dropout may begin or end.
  ///
  /// A dropout covers at least one window, so only the neighbours of such windows matter, and the block's first and
  /// last, whose neighbours are in other blocks.
  func findZeros(_ start: UnsafeRawPointer, _ block: inout MeterBlock) {
    let count = format.layout.channels
    for channel in 0..<count {
      var follows = true
      for window in 0..<block.count {
        let index = window * count + channel
        let isZero = block.channels[index].isZero(format.zero)
        if isZero {
          block.channels[index].zeroPrefix = Int32(block.spreads[window].frames)
          block.channels[index].zeroSuffix = Int32(block.spreads[window].frames)
          if window > 0, !follows { countZeros(start, window - 1, channel, fromEnd: true, &block) }
        } else {
          if follows { countZeros(start, window, channel, fromEnd: false, &block) }
          if window == block.count - 1 { countZeros(start, window, channel, fromEnd: true, &block) }
        }
        follows = isZero
      }
    }
  }

  /// Counts the digital zeros at one end of a window that is not all zero.
  private func countZeros(
    _ start: UnsafeRawPointer, _ window: Int, _ channel: Int, fromEnd: Bool, _ block: inout MeterBlock
  ) {
    let layout = format.layout
    let frames = block.spreads[window].frames
    let first = start + window * format.windowFrames * layout.bytesPerFrame + channel * layout.bytesPerSample
    var zeros = 0
    while zeros < frames {
      let frame = fromEnd ? frames - 1 - zeros : zeros
      guard abs(decoder.sample(first + frame * layout.bytesPerFrame)) <= format.zero else { break }
      zeros += 1
    }
    let index = window * layout.channels + channel
    if fromEnd {
      block.channels[index].zeroSuffix = Int32(zeros)
    } else {
      block.channels[index].zeroPrefix = Int32(zeros)
    }
  }
}
