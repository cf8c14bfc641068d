import AudioDSP

/// One thread's share of a pass: buffers that are made once, and the way of one block through the stages.
struct BlockWorker: ~Copyable {
  private let pass: NormalizePass
  private let blocks: NormalizePass.Blocks
  private let resampler: Resampler?
  private var undecoded: [UInt8] = []
  private var input: PlanarBuffer
  private var mixed: PlanarBuffer
  private var resampled: PlanarBuffer
  private var packed: [UInt8]
  private var workspace = Resampler.Workspace()

  /// Makes the buffers for blocks of a recording with `channels` channels.
  init(_ pass: NormalizePass, _ blocks: NormalizePass.Blocks, channels: Int) {
    self.pass = pass
    self.blocks = blocks
    resampler = pass.resampler
    let outputChannels = pass.mix.channels(from: channels)
    let longest = blocks.longestInput
    input = PlanarBuffer(channels: channels, capacity: longest, isSilent: false)
    mixed = PlanarBuffer(channels: outputChannels, capacity: pass.mix == .all ? 0 : longest, isSilent: false)
    resampled = PlanarBuffer(
      channels: outputChannels, capacity: resampler == nil ? 0 : blocks.framesPerBlock, isSilent: false)
    packed = [UInt8](
      repeating: 0, count: blocks.framesPerBlock * outputChannels * pass.quantizer.format.bytesPerSample)
  }

  /// Loads a block's input from a source that can be read anywhere.
  mutating func load(_ index: Int, from source: LinearSource) throws(NormalizeError) {
    try source.load(blocks.input(index), into: &input, bytes: &undecoded)
  }

  /// Loads a block's input from a source that is decoded in order.
  mutating func load(_ index: Int, from source: DecodedSource) throws(NormalizeError) {
    try source.load(blocks.input(index), into: &input)
  }

  /// Takes the loaded block through mix, resampling and quantisation, and writes it to `sink`.
  ///
  /// Writes nothing when the block refutes the pass, or there is no sink.
  mutating func process(_ index: Int, to sink: SampleSink?) throws(NormalizeError) -> NormalizePass.Outcome {
    var outcome = measureInput(index)
    guard !outcome.isRefuted, pass.makesOutput else { return outcome }
    mix(frames: blocks.input(index).count)
    let output = blocks.output(index)
    resample(to: output)
    if pass.measuresPeak { outcome.peak = peak(frames: output.count) }
    guard let sink else { return outcome }
    outcome.clippedSamples = quantize(output)
    try sink.write(packed, frames: output)
    return outcome
  }

  /// Replaces what is no number, and measures the channels where the pass wants it.
  mutating func measureInput(_ index: Int) -> NormalizePass.Outcome {
    var outcome = NormalizePass.Outcome()
    let needed = blocks.input(index)
    let own = blocks.own(index).clamped(to: needed)
    let start = Int(own.lowerBound - needed.lowerBound)
    let ownPart = start..<start + own.count
    if pass.mayHoldNonFinite {
      _ = input.sanitize(0..<start)
      outcome.nonFiniteSamples = input.sanitize(ownPart)
      _ = input.sanitize(ownPart.upperBound..<needed.count)
    }
    if pass.measuresChannels || pass.needsIdenticalChannels {
      var statistics = MixStatistics(channels: input.channels)
      statistics.add(input, ownPart)
      outcome.isRefuted = pass.needsIdenticalChannels && !statistics.identical
      outcome.channels = statistics
    }
    return outcome
  }

  /// Mixes the loaded block and lays its channels side by side in each frame, as libsamplerate takes them.
  mutating func interleave(frames: Int, into interleaved: inout [Float]) {
    mix(frames: frames)
    let channels = mixed.channels
    if interleaved.count != frames * channels { interleaved = [Float](repeating: 0, count: frames * channels) }
    if pass.mix == .all {
      BlockWorker.interleave(input, frames, into: &interleaved)
    } else {
      BlockWorker.interleave(mixed, frames, into: &interleaved)
    }
  }

  private static func interleave(_ block: borrowing PlanarBuffer, _ frames: Int, into interleaved: inout [Float]) {
    for channel in 0..<block.channels {
      let samples = block.span(channel: channel)
      for frame in 0..<frames { interleaved[frame * block.channels + channel] = samples[frame] }
    }
  }

  private mutating func mix(frames: Int) {
    if pass.mix != .all { pass.mix.mix(input, frames: frames, into: &mixed) }
  }

  private mutating func resample(to output: Range<Int64>) {
    if pass.mix == .all {
      BlockWorker.resample(resampler, input, to: output, into: &resampled, &workspace)
    } else {
      BlockWorker.resample(resampler, mixed, to: output, into: &resampled, &workspace)
    }
  }

  private static func resample(
    _ resampler: Resampler?, _ block: borrowing PlanarBuffer, to output: Range<Int64>,
    into resampled: inout PlanarBuffer, _ workspace: inout Resampler.Workspace
  ) {
    guard let resampler else { return }
    for channel in 0..<resampled.channels {
      var samples = resampled.mutableSpan(channel: channel)
      resampler.resample(input: block.span(channel: channel), output: output, into: &samples, workspace: &workspace)
    }
  }

  private func peak(frames: Int) -> Float {
    if resampler != nil { return resampled.peak(0..<frames) }
    return pass.mix == .all ? input.peak(0..<frames) : mixed.peak(0..<frames)
  }

  private mutating func quantize(_ output: Range<Int64>) -> Int {
    if resampler != nil { return pass.quantizer.pack(resampled, output, into: &packed) }
    if pass.mix == .all { return pass.quantizer.pack(input, output, into: &packed) }
    return pass.quantizer.pack(mixed, output, into: &packed)
  }
}

extension Quantizer {
  /// Writes the start of `block` to the start of `bytes`, as the frames `output` of the file.
  func pack(_ block: borrowing PlanarBuffer, _ output: Range<Int64>, into bytes: inout [UInt8]) -> Int {
    var elements = bytes.mutableSpan
    var raw = elements.mutableBytes
    return quantize(block, frames: output.count, firstFrame: output.lowerBound, into: &raw)
  }
}

/// Where the samples of a normalized file go: a file, behind the header that will stand there.
struct SampleSink: Sendable {
  let file: AtomicFile
  let headerBytes: Int
  let bytesPerFrame: Int

  /// How much is written between two hints to the system that it may go to the disk.
  static let writebackBytes = Int64(1 << 20)

  /// Writes the first `frames.count` frames of `packed` as the frames `frames` of the output.
  func write(_ packed: [UInt8], frames: Range<Int64>) throws(NormalizeError) {
    let offset = Int64(headerBytes) + frames.lowerBound * Int64(bytesPerFrame)
    let count = frames.count * bytesPerFrame
    do throws(FileError) {
      try file.write(packed.span.extracting(..<count).bytes, at: offset)
    } catch { throw .file(error) }
    // Now and then a large piece, not each block: every request to the disk costs the processor too.
    let piece = offset / SampleSink.writebackBytes
    if (offset + Int64(count)) / SampleSink.writebackBytes > piece {
      file.startWriteback(at: piece * SampleSink.writebackBytes, count: SampleSink.writebackBytes)
    }
  }
}
