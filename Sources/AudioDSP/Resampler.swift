/// Changes the sampling rate by a rational ratio with linear phase, no delay left in, and exact length.
///
/// Output `n` is a function of the input around `n × from ÷ to` alone. So a stretch of output can be made at any time,
/// on any thread, from the stretch of input that ``inputRange(forOutput:)`` names: the samples are the same bits however
/// the output is cut. Where the rate falls far, half-band filters halve it first; one steep filter does the rest at
/// the lowest rate it can, as a product of spectra or by polyphase tables, whichever is cheaper.
///
/// A value is immutable: threads share it, each with a ``Workspace`` of its own.
public struct Resampler: Sendable {
  /// The input's samples per second.
  public let inputRate: Int
  /// The output's samples per second.
  public let outputRate: Int

  /// The ratio in lowest terms: `up` outputs for `down` inputs.
  private let up: Int64
  private let down: Int64
  private let halvings: [HalfBandStage]
  private let final: FinalStage
  private let kernels: Kernels

  /// The rates that can be changed, in Hz.
  public static let rates = 4_000...384_000

  /// Why there is no resampler for a pair of rates.
  public enum Failure: Error, Equatable {
    /// The rate is not within ``Resampler/rates``.
    case rateUnsupported(Int)
    /// The ratio in lowest terms has too many phases for tables.
    case tooManyPhases(from: Int, to: Int)
  }

  /// Designs the filters: a few milliseconds at most.
  ///
  /// - Parameters:
  ///   - inputRate: samples per second of the input.
  ///   - outputRate: samples per second of the output.
  ///   - specification: what the filter has to do.
  ///   - instructionSet: the build of the kernels to use, one of ``InstructionSet/available``.
  public init(
    from inputRate: Int, to outputRate: Int, specification: ResamplerSpecification = .default,
    instructionSet: InstructionSet = .preferred
  ) throws(Failure) {
    try self.init(
      from: inputRate, to: outputRate, specification: specification, instructionSet: instructionSet,
      methods: FinalStage.Method.allCases)
  }

  /// Designs the filters with one of the given methods for the last stage.
  init(
    from inputRate: Int, to outputRate: Int, specification: ResamplerSpecification = .default,
    instructionSet: InstructionSet = .preferred, methods: [FinalStage.Method]
  ) throws(Failure) {
    for rate in [inputRate, outputRate] where !Self.rates.contains(rate) { throw .rateUnsupported(rate) }
    guard let plan = ResamplerPlan(from: inputRate, to: outputRate, specification, methods) else {
      throw .tooManyPhases(from: inputRate, to: outputRate)
    }
    self.inputRate = inputRate
    self.outputRate = outputRate
    let divisor = greatestCommonDivisor(inputRate, outputRate)
    up = Int64(outputRate / divisor)
    down = Int64(inputRate / divisor)
    halvings = plan.halvings
    final = plan.final
    kernels = instructionSet.kernels
  }

  /// How many frames come out where `input` go in: `input × outputRate ÷ inputRate`, rounded to nearest, halves up;
  /// `Int64.max` where that is no 64-bit number.
  ///
  /// - Precondition: `input` ≥ 0.
  public func outputFrames(forInput input: Int64) -> Int64 {
    let (whole, rest) = input.quotientAndRemainder(dividingBy: down)
    let (product, overflow) = whole.multipliedReportingOverflow(by: up)
    let (sum, carry) = product.addingReportingOverflow((2 * rest * up + down) / (2 * down))
    return overflow || carry ? .max : sum
  }

  /// The input frames that a stretch of output depends on. They may lie before 0 or beyond the end: the caller gives
  /// zeros for those.
  ///
  /// - Precondition: `output` is not empty.
  public func inputRange(forOutput output: Range<Int64>) -> Range<Int64> {
    halvings.reversed().reduce(final.inputRange(forOutput: output)) { $1.inputRange(forOutput: $0) }
  }

  /// Output is cheapest to make in stretches that start and end at multiples of this many frames.
  public var blockAlignment: Int { final.blockAlignment }

  /// Resamples a stretch of one channel.
  ///
  /// - Parameters:
  ///   - input: the samples of ``inputRange(forOutput:)``; more may follow.
  ///   - output: the numbers of the output frames to make.
  ///   - samples: gets them from its start on.
  ///   - workspace: this thread's memory.
  /// NaN and infinity spread to all outputs made with them, further than the filter reaches: replace them before, by
  /// ``PlanarBuffer/sanitize(_:instructionSet:)``.
  ///
  /// - Precondition: `input` covers the input range, and `samples` has room for `output`.
  public func resample(
    input: Span<Float>, output: Range<Int64>, into samples: inout MutableSpan<Float>, workspace: inout Workspace
  ) {
    guard !output.isEmpty else { return }
    let needed = inputRange(forOutput: output)
    precondition(input.count >= needed.count, "fewer input samples than the output depends on")
    precondition(samples.count >= output.count, "no room for the output")

    let extent = final.extent(forOutput: output)
    input.withUnsafeBufferPointer { input in
      guard let input = input.baseAddress else { return }
      let staged = stage(input, for: output, extent, &workspace)
      samples.withUnsafeMutableBufferPointer { samples in
        guard let samples = samples.baseAddress else { return }
        if extent.firstOutput == output.lowerBound, extent.outputs == output.count {
          final.run(staged, extent, into: samples, &workspace, kernels)
        } else {
          let filtered = workspace.filtered.reserve(extent.outputs)
          final.run(staged, extent, into: filtered, &workspace, kernels)
          samples.update(from: filtered + Int(output.lowerBound - extent.firstOutput), count: output.count)
        }
      }
    }
  }

  /// What the last stage reads: the input as it is, if that is all, or what comes of it in the workspace.
  private func stage(
    _ input: UnsafePointer<Float>, for output: Range<Int64>, _ extent: FinalStage.Extent, _ workspace: inout Workspace
  ) -> UnsafePointer<Float> {
    let range = final.inputRange(forOutput: output)
    // The last stage works on whole periods: around the samples that count, it reads zeros.
    let head = Int(range.lowerBound - extent.firstInput)
    let end = head + range.count
    if halvings.isEmpty, head == 0, end >= extent.inputs { return input }

    let staged = workspace.staged.reserve(max(extent.inputs, end) + HalfBandStage.overrun)
    staged.update(repeating: 0, count: head)
    if halvings.isEmpty {
      (staged + head).update(from: input, count: range.count)
    } else {
      halve(input, range, into: staged + head, &workspace)
    }
    if end < extent.inputs { (staged + end).update(repeating: 0, count: extent.inputs - end) }
    return UnsafePointer(staged)
  }

  /// Brings the input through the halvings, of which there is at least one, to the samples `range` of the last stage.
  private func halve(
    _ input: UnsafePointer<Float>, _ range: Range<Int64>, into staged: UnsafeMutablePointer<Float>,
    _ workspace: inout Workspace
  ) {
    var source = input
    for index in halvings.indices {
      let outputs = halvings[(index + 1)...].reversed().reduce(range) { $1.inputRange(forOutput: $0) }.count
      let room = outputs + HalfBandStage.overrun
      let isLast = index == halvings.count - 1
      let target = isLast ? staged : index % 2 == 0 ? workspace.first.reserve(room) : workspace.second.reserve(room)
      let scratch = halvings[index].scratchRoom
      halvings[index].run(
        source, outputs: outputs, into: target,
        scratch: (workspace.odd.reserve(scratch), workspace.even.reserve(scratch)), kernels: kernels)
      source = UnsafePointer(target)
    }
  }
}
