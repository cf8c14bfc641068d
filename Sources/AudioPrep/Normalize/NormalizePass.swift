import AudioDSP

/// What one pass over a recording does to its frames.
struct NormalizePass: Sendable {
  /// What becomes of the channels.
  var mix: ChannelMix
  /// What converts the rate; nil where it stays.
  var converter: RateConverter?
  /// What makes bytes of the samples.
  var quantizer: Quantizer
  /// Whether the plan rests on all channels being the same, so that the pass ends at the first frame that differs.
  var needsIdenticalChannels = false
  /// Whether channels are measured, for mixes.
  var measuresChannels = false
  /// Whether the output's highest sample is looked for.
  var measuresPeak = false
  /// Whether the recording can hold NaN and infinity, which a filter would spread: integers cannot.
  var mayHoldNonFinite = true
  /// Whether there is output at all; without, the pass only measures.
  var makesOutput = true

  /// The block-wise resampler, where one is used.
  var resampler: Resampler? {
    if case .polyphase(let resampler) = converter { resampler } else { nil }
  }

  /// What a pass found out.
  struct Outcome: Sendable {
    /// What the channels are to each other; nil where they were not measured.
    var channels: MixStatistics?
    /// Whether channels differ that should not have: the output is incomplete then.
    var isRefuted = false
    /// Samples beyond full scale in the output.
    var clippedSamples = 0
    /// NaN and infinite samples in the input, replaced by silence.
    var nonFiniteSamples = 0
    /// The highest magnitude in the output before gain and rounding; 1 is full scale.
    var peak: Float = 0

    /// Adds the outcome of the next block.
    mutating func merge(_ next: Outcome) {
      if let statistics = next.channels {
        if channels == nil { channels = statistics } else { channels?.merge(statistics) }
      }
      isRefuted = isRefuted || next.isRefuted
      clippedSamples += next.clippedSamples
      nonFiniteSamples += next.nonFiniteSamples
      peak = max(peak, next.peak)
    }
  }
}

/// How the sample rate is converted.
enum RateConverter: Sendable {
  /// Our polyphase filter, block by block in any order.
  case polyphase(Resampler)
  /// libsamplerate, from the beginning to the end.
  case samplerate(SamplerateSettings)

  /// The output's length for `frames` of input.
  func outputFrames(forInput frames: Int64) -> Int64 {
    switch self {
    case .polyphase(let resampler): resampler.outputFrames(forInput: frames)
    case .samplerate(let settings): settings.outputFrames(forInput: frames)
    }
  }

  /// The name that reports give it.
  var name: String {
    switch self {
    case .polyphase: NormalizeOptions.ResamplerChoice.polyphase.rawValue
    case .samplerate(let settings): settings.choice.rawValue
    }
  }
}

extension NormalizePass {
  /// How a recording is cut into blocks of output frames, and which input frames each needs.
  struct Blocks: Sendable {
    /// Frames in the recording.
    let inputFrames: Int64
    /// Frames in the output.
    let outputFrames: Int64
    /// Output frames of every block but the last.
    let framesPerBlock: Int
    private let resampler: Resampler?

    /// Cuts a recording into blocks of about 64 Ki samples of input: so many that the overlap of the filters is
    /// nothing beside it, so few that a block stays in the second-level cache.
    init(inputFrames: Int64, channels: Int, resampler: Resampler?) {
      self.inputFrames = inputFrames
      self.resampler = resampler
      outputFrames = resampler?.outputFrames(forInput: inputFrames) ?? inputFrames
      let wanted = Int64(max(1024, 65536 / channels))
      let wantedOutput = Int(resampler?.outputFrames(forInput: wanted) ?? wanted)
      let alignment = resampler?.blockAlignment ?? 1
      framesPerBlock = max(1, (wantedOutput + alignment - 1) / alignment) * alignment
    }

    /// The number of blocks.
    var count: Int { Int((outputFrames + Int64(framesPerBlock) - 1) / Int64(framesPerBlock)) }

    /// The output frames of a block.
    func output(_ index: Int) -> Range<Int64> {
      let start = Int64(index) * Int64(framesPerBlock)
      return start..<min(start + Int64(framesPerBlock), outputFrames)
    }

    /// The input frames that a block's output depends on; they overlap the neighbours' and the recording's ends.
    func input(_ index: Int) -> Range<Int64> {
      resampler?.inputRange(forOutput: output(index)) ?? output(index)
    }

    /// The input frames that are this block's and no other's: together they are the recording.
    func own(_ index: Int) -> Range<Int64> {
      let end = index == count - 1 ? inputFrames : firstOwn(index + 1)
      return firstOwn(index)..<max(firstOwn(index), end)
    }

    /// The most input frames that a block needs.
    var longestInput: Int {
      // Blocks differ by where their first output falls between input frames: by one frame, at each stage.
      let ends = [0, count - 1].filter { $0 >= 0 && $0 < count }
      return (ends.map { input($0).count }.max() ?? 0) + 64
    }

    private func firstOwn(_ index: Int) -> Int64 {
      guard index > 0 else { return 0 }
      guard let resampler else { return output(index).lowerBound }
      // The middle of the block's window on the input, less half its length: where its output begins in time.
      let product = output(index).lowerBound.multipliedFullWidth(by: Int64(resampler.inputRate))
      return Int64(resampler.outputRate).dividingFullWidth(product).quotient
    }
  }
}
