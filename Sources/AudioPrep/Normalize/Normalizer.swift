import AudioDSP
import WAVE

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes of any recording the WAV file that the recogniser, or whoever asked, wants.
///
///     path → structure → plan → decode → mix → resample → quantise → file
public struct Normalizer: Sendable {
  /// What the output should be.
  public var options: NormalizeOptions
  /// Whether an existing output may be replaced.
  public var replacesOutput = false
  /// Whether reports have the output's digest, which costs one more read of it.
  public var wantsDigest = false
  /// Called once for a recording, before its first frame is read, with its length in frames and its rate.
  public var onStart: @Sendable (_ frames: Int64, _ sampleRate: Int) -> Void = { _, _ in }
  /// Called from any thread with the number of input frames just done and the input's rate.
  public var onProgress: @Sendable (_ frames: Int64, _ sampleRate: Int) -> Void = { _, _ in }
  /// Asked from any thread whether to stop.
  public var isCancelled: @Sendable () -> Bool = { false }

  /// Shared by all copies of this value.
  private let designs = ResamplerCache()

  /// A normalizer with the given options.
  public init(_ options: NormalizeOptions = NormalizeOptions()) {
    self.options = options
  }

  /// Normalizes one recording.
  ///
  /// Damaged input is taken as far as its audio goes; the findings say what was wrong. The output appears whole or
  /// not at all.
  ///
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - output: the file to write.
  /// - Throws: when the input has no audio that can be decoded, a file cannot be read or written, the options ask
  ///   for what is not there, or `isCancelled` says so.
  public func normalize(_ path: String, to output: String) throws(NormalizeError) -> NormalizeReport {
    try write(path, to: output).commit()
  }

  /// Normalizes a recording that is open already; see ``normalize(_:to:)``.
  public func normalize(_ input: InputFile, to output: String) throws(NormalizeError) -> NormalizeReport {
    try write(input, to: output).commit()
  }

  /// The part of ``normalize(_:to:)`` that computes; what is left to do is to wait for the disk.
  public func write(_ path: String, to output: String) throws(NormalizeError) -> NormalizedFile {
    let file: InputFile
    do throws(FileError) { file = try InputFile(path) } catch { throw .file(error) }
    return try write(file, to: output)
  }

  private func write(_ input: InputFile, to output: String) throws(NormalizeError) -> NormalizedFile {
    let recording = try Recording(input)
    let target: AtomicFile
    do throws(FileError) {
      guard !isSameFile(input, output) else {
        throw FileError(output, "cannot write", "it is the input", remedy: "choose another output")
      }
      target = try AtomicFile(output, replaces: replacesOutput)
    } catch { throw .file(error) }

    var result = try write(recording, to: target)
    do throws(FileError) {
      if wantsDigest { result.sha256 = try target.sha256(count: target.size()) }
    } catch { throw .file(error) }
    result.output = output
    return NormalizedFile(result, in: target)
  }

  /// What ``normalize(_:to:)`` would do, without doing it. Reads samples only where the channels decide.
  ///
  /// - Returns: a report without output, digest and clipped samples.
  public func preview(_ input: InputFile) throws(NormalizeError) -> NormalizeReport {
    let recording = try Recording(input)
    let runner = runner(for: recording)
    var plan = try NormalizePlan(options, for: recording.format, designs: designs)
    while plan.premise != .none {
      var pass = plan.pass(gain: 0)
      pass.makesOutput = false
      guard let next = revised(plan, by: try runner.run(pass, to: nil)) else { break }
      plan = next
    }
    let changed = !(recording.isSound && options.peak == nil && plan.keepsFormat)
    return NormalizeReport(
      input: recording.format.path, output: "", changed: changed, steps: changed ? plan.steps(gain: options.gain) : [],
      format: plan.header(frames: plan.outputFrames(forInput: recording.source.frames)), clippedSamples: 0,
      sha256: nil, findings: recording.findings)
  }

  private func runner(for recording: Recording) -> PassRunner {
    let rate = recording.format.sampleRate
    return PassRunner(
      source: recording.source, path: recording.format.path, threads: options.threads ?? processorCount(),
      onProgress: { [onProgress] in onProgress($0, rate) }, isCancelled: isCancelled)
  }

  private func write(_ recording: Recording, to target: AtomicFile) throws(NormalizeError) -> NormalizeReport {
    onStart(recording.source.frames, recording.format.sampleRate)
    let runner = runner(for: recording)
    var plan = try NormalizePlan(options, for: recording.format, designs: designs)
    if recording.isSound, options.peak == nil, try copyIsEnough(&plan, runner) {
      return try copy(recording, to: target)
    }
    var gain = options.gain
    if let peak = options.peak { gain = try gainToReach(peak, &plan, runner) }
    while true {
      let outcome = try run(plan, gain: gain, runner, to: target)
      guard let next = revised(plan, by: outcome) else {
        return try finish(plan, gain: gain, outcome, recording, target)
      }
      plan = next
      // Nothing of what the refuted pass wrote may stay.
      do throws(FileError) { try target.truncate(to: 0) } catch { throw .file(error) }
    }
  }

  /// Runs the pass of a plan into `target`, behind room for the header.
  private func run(
    _ plan: NormalizePlan, gain: Double, _ runner: PassRunner, to target: AtomicFile
  ) throws(NormalizeError) -> NormalizePass.Outcome {
    let header = plan.header(frames: plan.outputFrames(forInput: runner.source.frames))
    do throws(FileError) {
      // What a compressed file states of its length need not be true.
      if case .linear = runner.source { try target.reserve(header.fileBytes) }
    } catch { throw .file(error) }
    let sink = SampleSink(file: target, headerBytes: header.count, bytesPerFrame: header.blockAlign)
    return try runner.run(plan.pass(gain: gain), to: sink)
  }

  /// The plan to go on with when a pass has refuted what this one rests on; nil when it stands.
  private func revised(_ plan: NormalizePlan, by outcome: NormalizePass.Outcome) -> NormalizePlan? {
    if outcome.isRefuted { return plan.whenDifferent }
    guard plan.premise == .mixable, let channels = outcome.channels, channels.cancels else { return nil }
    return plan.taking(channel: channels.loudest)
  }

  /// Whether the recording is what the plan makes already; settles the plan's premise on the way, by reading alone.
  private func copyIsEnough(_ plan: inout NormalizePlan, _ runner: PassRunner) throws(NormalizeError) -> Bool {
    if plan.premise == .identical, plan.converter == nil, plan.whenDifferent.keepsFormat {
      var pass = plan.pass(gain: 0)
      pass.makesOutput = false
      if try runner.run(pass, to: nil).isRefuted { plan = plan.whenDifferent }
    }
    guard plan.keepsFormat else { return false }
    // Floats that are no numbers do not fit, whatever the format.
    guard plan.format == .float32 else { return true }
    var pass = plan.pass(gain: 0)
    pass.makesOutput = false
    return try runner.run(pass, to: nil).nonFiniteSamples == 0
  }

  /// The gain that brings the highest sample to `peak` dBFS: one pass that only measures.
  private func gainToReach(
    _ peak: Double, _ plan: inout NormalizePlan, _ runner: PassRunner
  ) throws(NormalizeError) -> Double {
    while true {
      var pass = plan.pass(gain: 0)
      pass.measuresPeak = true
      let outcome = try runner.run(pass, to: nil)
      if let next = revised(plan, by: outcome) {
        plan = next
      } else {
        plan.premise = .none
        guard let level = Decibels.of(amplitude: Double(outcome.peak)) else { return options.gain }
        return min(peak, plan.format.highestLevel) - level
      }
    }
  }

  private func copy(_ recording: Recording, to target: AtomicFile) throws(NormalizeError) -> NormalizeReport {
    do throws(FileError) { try target.copy(recording.file, isCancelled: isCancelled) } catch { throw .file(error) }
    if isCancelled() { throw .interrupted(path: recording.format.path) }
    let format = OutputHeader(
      sample: options.format.headerSample, channels: recording.format.channels,
      sampleRate: recording.format.sampleRate, frames: recording.source.frames)
    return NormalizeReport(
      input: recording.format.path, output: target.path, changed: false, steps: [], format: format,
      clippedSamples: 0, sha256: nil, findings: recording.findings)
  }

  private func finish(
    _ plan: NormalizePlan, gain: Double, _ outcome: NormalizePass.Outcome, _ recording: Recording,
    _ target: AtomicFile
  ) throws(NormalizeError) -> NormalizeReport {
    // A compressed recording may have turned out shorter than it said.
    let frames = plan.outputFrames(forInput: recording.source.frames)
    guard frames > 0 else {
      throw .unusable(
        path: recording.format.path,
        reason: "its length of \(recording.source.frames) frames is less than one at \(plan.outputRate) Hz",
        remedy: "record it anew, or leave it out")
    }
    var header = plan.header(frames: plan.outputFrames(forInput: recording.source.statedFrames))
    header.shorten(to: frames)
    do throws(FileError) {
      try target.write(header.bytes, at: 0)
      if try target.size() != header.fileBytes { try target.truncate(to: header.fileBytes) }
    } catch { throw .file(error) }
    var steps = plan.steps(gain: gain)
    if steps.isEmpty { steps = ["header rewritten"] }
    return NormalizeReport(
      input: recording.format.path, output: target.path, changed: true, steps: steps, format: header,
      clippedSamples: outcome.clippedSamples, sha256: nil,
      findings: recording.findings + findings(plan, outcome, recording))
  }

  /// What had to be done that the user should know of.
  private func findings(
    _ plan: NormalizePlan, _ outcome: NormalizePass.Outcome, _ recording: Recording
  ) -> [Finding] {
    var findings: [Finding] = []
    if let end = recording.source.earlyEnd {
      let problem = end.problem.map { " (\($0))" } ?? ""
      findings.append(
        Finding(
          .dataTruncated, .error,
          "only \(recording.source.frames) of \(end.statedFrames) frames could be decoded\(problem)",
          fix: "copy the file again if the original is whole"))
    }
    if outcome.nonFiniteSamples > 0 {
      let count = outcome.nonFiniteSamples
      findings.append(
        Finding(
          .nonFinite, .error,
          "\(count) \(count == 1 ? "sample is" : "samples are") NaN or infinite and became silence",
          fix: "export the recording anew from the program that made it"))
    }
    if plan.mixReason == .antiphase {
      findings.append(
        Finding(
          .channelsAntiphase, .warning, "a mono mix would cancel, so only the loudest channel was taken",
          fix: "invert one channel before mixing, or choose one with --channels"))
    }
    if plan.mixReason == .mixed, options.channels == .auto {
      findings.append(
        Finding(
          .channelsMixed, .warning, "\(recording.format.channels) channels were mixed to one",
          fix: "use --channels keep to have each recognised by itself, or choose some"))
    }
    return findings
  }
}

/// Whether the output's name stands for the very file that is read.
private func isSameFile(_ input: InputFile, _ output: String) -> Bool {
  var first = stat()
  var second = stat()
  return fstat(input.descriptor, &first) == 0 && stat(output, &second) == 0
    && first.st_dev == second.st_dev && first.st_ino == second.st_ino
}

/// The processors that this process may run on.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

extension Quantizer.Format {
  /// The highest peak, in dBFS, whose samples are within range once rounded, dither included: full scale less two
  /// steps, since two's complement has no +1.
  fileprivate var highestLevel: Double {
    guard let bits = integerBits, let level = Decibels.of(amplitude: 1 - 4 / Double(1 << bits)) else { return 0 }
    return level
  }
}

extension MixStatistics {
  /// Whether the channels' mean would lose what they say, by the measure of `check`: the power of their sum.
  var cancels: Bool {
    let power = channelEnergy.reduce(0, +)
    guard power > 0, channelEnergy.count > 1 else { return false }
    let sum = meanEnergy * Double(channelEnergy.count * channelEnergy.count)
    return sum < LevelThreshold.cancellingMix * power
  }

  /// The channel with the most power.
  var loudest: Int { channelEnergy.indices.max { channelEnergy[$0] < channelEnergy[$1] } ?? 0 }
}
