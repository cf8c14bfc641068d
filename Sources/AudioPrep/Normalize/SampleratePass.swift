import AudioDSP

extension PassRunner {
  /// Runs a pass through libsamplerate, whose converters go through a recording from its beginning to its end.
  func runInOrder(
    _ pass: NormalizePass, _ settings: SamplerateSettings, to sink: SampleSink?
  ) throws(NormalizeError) -> NormalizePass.Outcome {
    let blocks = NormalizePass.Blocks(inputFrames: source.frames, channels: source.channels, resampler: nil)
    var worker = BlockWorker(pass, blocks, channels: source.channels)
    let channels = pass.mix.channels(from: source.channels)
    var converter = try SamplerateConverter(settings, channels: channels, path: path)
    var output = OrderedOutput(pass, channels: channels, frames: settings.outputFrames(forInput: source.frames))
    var interleaved: [Float] = []
    var outcome = NormalizePass.Outcome()

    for index in 0..<blocks.count {
      if isCancelled() { throw .interrupted(path: path) }
      switch source {
      case .linear(let source): try worker.load(index, from: source)
      case .decoded(let source): try worker.load(index, from: source)
      }
      outcome.merge(worker.measureInput(index))
      if outcome.isRefuted { return outcome }
      // The recording may have turned out to end within this block.
      let block = blocks.own(index).clamped(to: 0..<source.frames)
      let isLast = block.upperBound == source.frames
      if isLast { output.frames = settings.outputFrames(forInput: source.frames) }
      if pass.makesOutput {
        worker.interleave(frames: block.count, into: &interleaved)
        try output.append(interleaved, through: &converter, isLast: isLast, path: path, to: sink)
      }
      onProgress(Int64(block.count))
      if isLast { break }
    }
    if pass.makesOutput { try output.fill(to: sink) }
    outcome.clippedSamples += output.clippedSamples
    outcome.peak = max(outcome.peak, output.peak)
    return outcome
  }
}

/// The output of a converter that gives its frames when it pleases: written in order, of exact length.
private struct OrderedOutput: ~Copyable {
  private(set) var clippedSamples = 0
  private(set) var peak: Float = 0
  private let pass: NormalizePass
  private let channels: Int
  /// The exact length.
  var frames: Int64
  private var made: Int64 = 0
  private var converted: [Float]
  private var planar: PlanarBuffer
  private var packed: [UInt8]

  private static let framesPerStep = 8192

  init(_ pass: NormalizePass, channels: Int, frames: Int64) {
    self.pass = pass
    self.channels = channels
    self.frames = frames
    converted = [Float](repeating: 0, count: Self.framesPerStep * channels)
    planar = PlanarBuffer(channels: channels, capacity: Self.framesPerStep)
    packed = [UInt8](repeating: 0, count: Self.framesPerStep * channels * pass.quantizer.format.bytesPerSample)
  }

  /// Converts interleaved frames and writes what comes out.
  mutating func append(
    _ input: [Float], through converter: inout SamplerateConverter, isLast: Bool, path: String, to sink: SampleSink?
  ) throws(NormalizeError) {
    var consumed = 0
    while true {
      let rest = input.span.extracting((consumed * channels)...)
      let step = try converter.process(rest, into: &converted, isLast: isLast, path: path)
      consumed += step.consumed
      try write(step.made, to: sink)
      if step.made == 0 && (step.consumed == 0 || consumed * channels == input.count) { return }
    }
  }

  /// Fills up with silence what the converter gave too little.
  mutating func fill(to sink: SampleSink?) throws(NormalizeError) {
    while made < frames {
      converted = [Float](repeating: 0, count: converted.count)
      try write(Self.framesPerStep, to: sink)
    }
  }

  /// Writes the first `count` converted frames, but none beyond the exact length.
  private mutating func write(_ count: Int, to sink: SampleSink?) throws(NormalizeError) {
    let count = Int(min(Int64(count), frames - made))
    guard count > 0 else { return }
    planar.fill(from: converted, frames: count)
    if pass.measuresPeak { peak = max(peak, planar.peak(0..<count)) }
    if let sink {
      let clipped = pass.quantizer.pack(planar, made..<made + Int64(count), into: &packed)
      clippedSamples += clipped
      try sink.write(packed, frames: made..<made + Int64(count))
    }
    made += Int64(count)
  }
}

extension PlanarBuffer {
  /// Takes the start of every channel from interleaved frames.
  fileprivate mutating func fill(from interleaved: [Float], frames: Int) {
    let channels = self.channels
    for channel in 0..<channels {
      var samples = mutableSpan(channel: channel)
      for frame in 0..<frames { samples[frame] = interleaved[frame * channels + channel] }
    }
  }
}
