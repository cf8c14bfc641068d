import AudioDSP
import CSamplerate

/// One of libsamplerate's converters, set to a pair of rates.
struct SamplerateSettings: Sendable {
  /// The converter, one of the `sinc` ones.
  let choice: NormalizeOptions.ResamplerChoice
  let inputRate: Int
  let outputRate: Int

  /// The output's length for `frames` of input: rounded to the nearest frame.
  func outputFrames(forInput frames: Int64) -> Int64 {
    let product = frames.multipliedFullWidth(by: Int64(outputRate))
    let (whole, rest) = Int64(inputRate).dividingFullWidth(product)
    return whole + (rest * 2 >= Int64(inputRate) ? 1 : 0)
  }

  fileprivate var converter: Int32 {
    switch choice {
    case .sincFastest: Int32(SRC_SINC_FASTEST)
    case .sincMedium: Int32(SRC_SINC_MEDIUM_QUALITY)
    case .sincBest, .auto, .polyphase: Int32(SRC_SINC_BEST_QUALITY)
    }
  }
}

/// A running libsamplerate converter of interleaved frames.
struct SamplerateConverter: ~Copyable {
  private let state: OpaquePointer
  private let channels: Int
  private let ratio: Double

  /// Starts a converter.
  ///
  /// - Throws: when libsamplerate refuses the ratio (it takes 1/256 to 256) or the channels.
  init(_ settings: SamplerateSettings, channels: Int, path: String) throws(NormalizeError) {
    var code: Int32 = 0
    ratio = Double(settings.outputRate) / Double(settings.inputRate)
    self.channels = channels
    guard (1.0 / 256...256).contains(ratio), let state = src_new(settings.converter, Int32(channels), &code) else {
      let reason = code == 0 ? "the ratio is beyond 256" : String(cString: src_strerror(code))
      throw .impossible(
        path: path, reason: "cannot convert \(settings.inputRate) Hz to \(settings.outputRate) Hz: \(reason)",
        remedy: "choose another --rate")
    }
    self.state = state
  }

  deinit {
    src_delete(state)
  }

  /// Converts as much of `input` as fits into `output`, both interleaved.
  ///
  /// - Returns: the frames consumed and the frames made.
  mutating func process(
    _ input: Span<Float>, into output: inout [Float], isLast: Bool, path: String
  ) throws(NormalizeError) -> (consumed: Int, made: Int) {
    var data = SRC_DATA()
    data.input_frames = input.count / channels
    data.output_frames = output.count / channels
    data.src_ratio = ratio
    data.end_of_input = isLast ? 1 : 0
    let code = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        data.data_in = input.baseAddress
        data.data_out = output.baseAddress
        return src_process(state, &data)
      }
    }
    guard code == 0 else {
      throw .unusable(
        path: path, reason: "libsamplerate failed: \(String(cString: src_strerror(code)))",
        remedy: "use --resampler polyphase")
    }
    return (data.input_frames_used, data.output_frames_gen)
  }
}
