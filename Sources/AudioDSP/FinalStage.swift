/// The steep filter at the end of a resampler, in one of two forms with the same response.
enum FinalStage: Sendable {
  case polyphase(PolyphaseStage)
  case spectral(SpectralStage)

  /// How to filter.
  enum Method: CaseIterable {
    /// By tables of coefficients: any ratio of a sensible number of phases.
    case polyphase
    /// By products of spectra: ratios of numbers with small prime factors.
    case spectral
  }

  /// What a stage reads and writes to make a range of outputs.
  struct Extent {
    /// The first input's number.
    let firstInput: Int64
    /// How many inputs are read; those outside of the stage's input range should be zero.
    let inputs: Int
    /// The first output's number.
    let firstOutput: Int64
    /// How many outputs are written.
    let outputs: Int
  }

  /// Plans a stage that turns `step` samples into `phases`; `nil` when the method does not know the ratio.
  init?(_ method: Method, phases: Int, step: Int, _ specification: ResamplerSpecification) {
    switch method {
    case .polyphase:
      guard let stage = PolyphaseStage(phases: phases, step: step, specification: specification) else { return nil }
      self = .polyphase(stage)
    case .spectral:
      guard let stage = SpectralStage(phases: phases, step: step, specification: specification) else { return nil }
      self = .spectral(stage)
    }
  }

  /// The cost of an output, in multiplications of the polyphase kernel; `nil` when the method does not know the ratio.
  static func cost(_ method: Method, phases: Int, step: Int, _ specification: ResamplerSpecification) -> Double? {
    switch method {
    case .polyphase: PolyphaseStage.cost(phases: phases, step: step, specification: specification)
    case .spectral: SpectralStage.cost(phases: phases, step: step, specification: specification)
    }
  }

  /// Blocks of outputs that start and end at multiples of this waste no work.
  var blockAlignment: Int {
    switch self {
    case .polyphase(let stage): stage.period * PolyphaseStage.periodsInGroup
    case .spectral(let stage): stage.period
    }
  }

  /// The input samples that outputs depend on.
  func inputRange(forOutput range: Range<Int64>) -> Range<Int64> {
    switch self {
    case .polyphase(let stage): stage.inputRange(forOutput: range)
    case .spectral(let stage): stage.inputRange(forOutput: range)
    }
  }

  /// What is read and written to make a range of outputs.
  func extent(forOutput range: Range<Int64>) -> Extent {
    switch self {
    case .polyphase(let stage): stage.extent(forOutput: range)
    case .spectral(let stage): stage.extent(forOutput: range)
    }
  }

  /// Filters.
  ///
  /// - Precondition: `input` holds the extent's inputs, and `output` has room for its outputs.
  func run(
    _ input: UnsafePointer<Float>, _ extent: Extent, into output: UnsafeMutablePointer<Float>,
    _ workspace: inout Resampler.Workspace, _ kernels: Kernels
  ) {
    switch self {
    case .polyphase(let stage):
      stage.run(input, extent, into: output, kernels: kernels)
    case .spectral(let stage):
      stage.run(input, outputs: extent.outputs, into: output, &workspace, kernels: kernels)
    }
  }
}
