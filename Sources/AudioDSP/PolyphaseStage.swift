import AudioKernels

/// The last stage: a rational change of rate by `phases / step`. Output `n` stands at input `n * step / phases`.
///
/// Outputs a *period* apart stand at the same fraction between inputs, and share coefficients. A period is cut into
/// rows of 16 outputs; each row has a table of the taps that any of its outputs needs, 16 coefficients to a tap, in
/// the order in which the kernel visits them.
struct PolyphaseStage: Sendable {
  /// Outputs in a period.
  let period: Int
  /// Inputs in a period.
  let inputPeriod: Int
  /// Pairs of taps in each row's table.
  let pairs: Int

  private let phases: Int
  private let step: Int
  /// The filter reaches this many inputs to either side of an output.
  private let reach: Int
  private let tables: [Float]

  /// Bytes of tables above which a ratio is left to a resampler that interpolates its coefficients.
  static let largestTables = 8 << 20

  /// Plans the stage that turns `step` samples into `phases`; `nil` when its tables would be too large.
  init?(phases: Int, step: Int, specification: ResamplerSpecification) {
    let shape = Shape(phases: phases, step: step, specification: specification)
    guard shape.tableFloats * 4 <= Self.largestTables else { return nil }
    self.phases = phases
    self.step = step
    period = shape.period
    inputPeriod = shape.period / phases * step
    reach = shape.filter.reach
    pairs = shape.taps / 2
    tables = shape.tables(specification)
  }

  /// How many periods the kernel works through at once.
  static var periodsInGroup: Int { polyphasePeriods }

  /// Multiplications for an output.
  var cost: Double { Double(2 * pairs) }

  /// Multiplications for an output of a stage not yet planned; `nil` when its tables would be too large.
  static func cost(phases: Int, step: Int, specification: ResamplerSpecification) -> Double? {
    let shape = Shape(phases: phases, step: step, specification: specification)
    return shape.tableFloats * 4 <= largestTables ? Double(shape.taps) : nil
  }

  /// The input samples that outputs depend on.
  func inputRange(forOutput range: Range<Int64>) -> Range<Int64> {
    let first = position(of: range.lowerBound) - Int64(reach) + 1
    return first..<position(of: range.upperBound - 1) + Int64(reach) + 1
  }

  /// The input at or before an output.
  private func position(of output: Int64) -> Int64 {
    let (whole, rest) = output.quotientAndRemainder(dividingBy: Int64(phases))
    let product = rest * Int64(step)
    let floor = product >= 0 ? product / Int64(phases) : -((-product + Int64(phases) - 1) / Int64(phases))
    return whole * Int64(step) + floor
  }

  /// What the kernel reads and writes to make a range of outputs: whole groups of whole periods.
  func extent(forOutput range: Range<Int64>) -> FinalStage.Extent {
    let first = floorDivide(range.lowerBound, Int64(period))
    let end = floorDivide(range.upperBound - 1, Int64(period)) + 1
    let groups = (Int(end - first) + polyphasePeriods - 1) / polyphasePeriods
    let periods = groups * polyphasePeriods
    return FinalStage.Extent(
      firstInput: first * Int64(inputPeriod) - Int64(reach) + 1,
      inputs: periods * inputPeriod + 2 * pairs,
      firstOutput: first * Int64(period), outputs: periods * period)
  }

  /// Filters.
  ///
  /// - Precondition: `input` holds the extent's inputs and `output` has room for its outputs.
  func run(
    _ input: UnsafePointer<Float>, _ extent: FinalStage.Extent, into output: UnsafeMutablePointer<Float>,
    kernels: Kernels
  ) {
    let groups = extent.outputs / (period * polyphasePeriods)
    let rowFloats = 2 * pairs * polyphaseColumns
    tables.withUnsafeBufferPointer { tables in
      guard let tables = tables.baseAddress else { return }
      // Row by row, so that a row's table stays in the first cache while all periods pass.
      for row in 0..<period / polyphaseColumns {
        let offset = row * polyphaseColumns * step / phases
        kernels.polyphase(
          input + offset, inputPeriod, tables + row * rowFloats, pairs,
          output + row * polyphaseColumns, period, groups)
      }
    }
  }
}

extension PolyphaseStage {
  /// The sizes of a stage.
  private struct Shape {
    let phases: Int
    let step: Int
    let period: Int
    let filter: LowPass
    /// Taps in a row's table: an even number.
    let taps: Int

    init(phases: Int, step: Int, specification: ResamplerSpecification) {
      self.phases = phases
      self.step = step
      period = phases / greatestCommonDivisor(phases, polyphaseColumns) * polyphaseColumns
      filter = LowPass(phases: phases, step: step, specification: specification)
      var most = 0
      for row in 0..<period / polyphaseColumns {
        let first = row * polyphaseColumns * step / phases
        let last = (row * polyphaseColumns + polyphaseColumns - 1) * step / phases
        most = max(most, last - first + 2 * filter.reach)
      }
      taps = (most + 1) & ~1
    }

    var tableFloats: Int { period * taps }

    /// All rows' tables.
    func tables(_ specification: ResamplerSpecification) -> [Float] {
      let half = filter.taps(specification, points: phases).map { Float($0) }
      return [Float](unsafeUninitializedCapacity: tableFloats) { tables, count in
        for row in 0..<period / polyphaseColumns {
          let first = row * polyphaseColumns * step / phases - filter.reach + 1
          for visit in 0..<taps {
            let tap = visit % 2 == 0 ? visit / 2 : taps - 1 - visit / 2
            for column in 0..<polyphaseColumns {
              let distance = abs((row * polyphaseColumns + column) * step - (first + tap) * phases)
              tables[(row * taps + visit) * polyphaseColumns + column] = distance < half.count ? half[distance] : 0
            }
          }
        }
        count = tableFloats
      }
    }
  }
}

/// The quotient rounded down.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

/// The greatest common divisor of two positive numbers.
func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}
