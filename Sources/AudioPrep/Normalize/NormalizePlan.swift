import AudioDSP
import WAVE

/// What is known of a recording before its samples are read.
struct RecordingFormat {
  let path: String
  let channels: Int
  let sampleRate: Int
  /// How the recording stores samples, where the output could store them alike; nil where it could not.
  let sample: Quantizer.Format?
  /// Bits of an integer sample that carry something; nil for float and lossy encodings.
  let integerBits: Int?
  /// The encoding's name for reports.
  let encoding: String
}

/// What is made of a recording: the options, settled for its format.
///
/// What to do with the channels may depend on the samples. Then a plan is a guess that the first pass proves or
/// refutes, so that most recordings are read once.
struct NormalizePlan {
  /// What the channels' treatment rests on.
  enum Premise {
    /// Nothing: the options or the format decide.
    case none
    /// All channels are the same, so that one is enough.
    case identical
    /// The channels' mean does not cancel.
    case mixable
  }

  /// Why the channels are treated as they are.
  enum MixReason: Equatable {
    /// The options say so, or there is only one.
    case asked
    /// They are all the same.
    case identical
    /// One was asked for, or there are more than two different ones.
    case mixed
    /// Their mean would cancel.
    case antiphase
  }

  let input: RecordingFormat
  let outputRate: Int
  let converter: RateConverter?
  let format: Quantizer.Format
  let dither: Quantizer.Dither
  let gain: Double
  var mix: ChannelMix
  var premise: Premise
  var mixReason = MixReason.asked

  /// Settles the options for a recording.
  ///
  /// - Throws: when the options ask for what it does not have or what cannot be, or no converter has the ratio.
  init(
    _ options: NormalizeOptions, for input: RecordingFormat, designs cache: ResamplerCache
  ) throws(NormalizeError) {
    if let fault = options.fault(channels: input.channels) {
      throw .impossible(path: input.path, reason: fault.reason, remedy: fault.remedy)
    }
    self.input = input
    outputRate = options.outputRate(for: input.sampleRate)
    converter = try NormalizePlan.converter(
      options.resampler, from: input.sampleRate, to: outputRate, input.path, cache)
    format = options.format
    dither = options.dither
    gain = options.gain
    switch options.channels {
    case .keep: (mix, premise) = (.all, .none)
    case .select(let chosen): (mix, premise) = (.select(chosen), .none)
    case .mono, .auto:
      if input.channels == 1 {
        (mix, premise) = (.all, .none)
      } else if options.channels == .auto {
        (mix, premise, mixReason) = (.select([0]), .identical, .identical)
      } else {
        (mix, premise, mixReason) = (.mean, .mixable, .mixed)
      }
    }
  }

  /// The plan for channels that are not the same after all: two are kept, more are mixed.
  var whenDifferent: NormalizePlan {
    var plan = self
    plan.mix = input.channels == 2 ? .all : .mean
    plan.premise = input.channels == 2 ? .none : .mixable
    plan.mixReason = input.channels == 2 ? .asked : .mixed
    return plan
  }

  /// The plan for channels whose mean would cancel: the loudest one.
  func taking(channel: Int) -> NormalizePlan {
    var plan = self
    plan.mix = .select([channel])
    plan.premise = .none
    plan.mixReason = .antiphase
    return plan
  }

  /// The output's length for `frames` of input.
  func outputFrames(forInput frames: Int64) -> Int64 {
    converter?.outputFrames(forInput: frames) ?? frames
  }

  /// The output's header.
  func header(frames: Int64) -> OutputHeader {
    OutputHeader(sample: format.headerSample, channels: outputChannels, sampleRate: outputRate, frames: frames)
  }

  /// Channels of the output.
  var outputChannels: Int { mix.channels(from: input.channels) }

  /// Whether samples come out as they went in, bit for bit.
  var keepsSamples: Bool {
    guard converter == nil, gain == 0 else { return false }
    if case .mean = mix, input.channels > 1 { return false }
    return true
  }

  /// Whether the output's samples are integers of fewer bits than what they are made of.
  var losesBits: Bool {
    guard let bits = format.integerBits else { return false }
    guard keepsSamples, let inputBits = input.integerBits else { return true }
    return inputBits > bits
  }

  /// Whether the recording is already what the plan makes, but for its header.
  var keepsFormat: Bool { keepsSamples && mix == .all && input.sample == format }

  /// The pass that carries the plan out.
  func pass(gain: Double) -> NormalizePass {
    var pass = NormalizePass(
      mix: mix, converter: converter,
      quantizer: Quantizer(
        format: format, dither: losesBits ? dither : .none, gain: Float(Decibels.amplitude(gain))))
    pass.needsIdenticalChannels = premise == .identical
    pass.measuresChannels = premise == .mixable
    pass.mayHoldNonFinite = input.integerBits == nil
    return pass
  }

  /// What is done, for the report.
  func steps(gain: Double) -> [String] {
    var steps: [String] = []
    if mix != .all { steps.append("channels \(input.channels)→\(outputChannels) (\(channelText))") }
    if let converter {
      steps.append("rate \(input.sampleRate)→\(outputRate) (\(converter.name))")
    }
    if gain != 0 { steps.append("gain \(NumberText.decimal(gain, places: 1)) dB") }
    // The quantiser dithers what has fewer bits than a float.
    let dithers = losesBits && dither != .none && format != .pcm32
    if input.sample != format {
      steps.append(formatText + (losesBits ? " (\(dithers ? dither.rawValue : "rounded"))" : ""))
    } else if dithers {
      steps.append("dither \(dither.rawValue)")
    }
    return steps
  }

  private var channelText: String {
    switch (mixReason, mix) {
    case (.identical, _): "identical"
    case (.antiphase, .select(let chosen)): "antiphase: only \(NormalizePlan.names(chosen))"
    case (_, .select(let chosen)): NormalizePlan.names(chosen)
    case (_, .mean): "mixed"
    case (_, .all): "kept"
    }
  }

  private static func names(_ channels: [Int]) -> String {
    "channel " + channels.map { String($0 + 1) }.joined(separator: ", ")
  }

  private var formatText: String {
    if let bits = input.integerBits, bits != format.integerBits { return "bits \(bits)→\(format.name)" }
    return "encoding \(input.encoding)→\(format.headerSample.encoding)"
  }

  private static func converter(
    _ choice: NormalizeOptions.ResamplerChoice, from input: Int, to output: Int, _ path: String,
    _ cache: ResamplerCache
  ) throws(NormalizeError) -> RateConverter? {
    if input == output { return nil }
    if choice == .auto || choice == .polyphase {
      do throws(Resampler.Failure) {
        return .polyphase(try cache.resampler(from: input, to: output))
      } catch {
        guard choice == .auto else {
          throw .impossible(
            path: path, reason: "the ratio of \(input) Hz to \(output) Hz is not one for the polyphase resampler",
            remedy: "use --resampler sinc-best")
        }
      }
    }
    return .samplerate(
      SamplerateSettings(choice: choice == .auto ? .sincBest : choice, inputRate: input, outputRate: output))
  }
}

extension Quantizer.Format {
  /// Bits of an integer sample; nil for floats.
  var integerBits: Int? {
    switch self {
    case .pcm16: 16
    case .pcm24: 24
    case .pcm32: 32
    case .float32: nil
    }
  }

  /// The name of `--bits`.
  public var name: String { integerBits.map(String.init) ?? "float32" }

  /// How the header of a file with such samples says it.
  var headerSample: OutputHeader.Sample { integerBits.map { .integer(bits: $0) } ?? .float32 }
}
