/// The stages of a resampler: as many halvings as make it cheapest, and the steep filter at the end.
struct ResamplerPlan {
  let halvings: [HalfBandStage]
  let final: FinalStage

  /// Chooses the stages; `nil` when no choice has tables of a sensible size.
  ///
  /// - Parameter methods: what the last stage may be.
  init?(
    from inputRate: Int, to outputRate: Int, _ specification: ResamplerSpecification, _ methods: [FinalStage.Method]
  ) {
    var best: (cost: Double, halvings: [HalfBandStage], method: FinalStage.Method, phases: Int, step: Int)?
    var halvings: [HalfBandStage] = []
    var cost = 0.0
    while true {
      let divisor = greatestCommonDivisor(outputRate << halvings.count, inputRate)
      let phases = (outputRate << halvings.count) / divisor
      let step = inputRate / divisor
      for method in methods {
        guard let last = FinalStage.cost(method, phases: phases, step: step, specification) else { continue }
        if cost + last < best?.cost ?? .infinity { best = (cost + last, halvings, method, phases, step) }
      }
      // The next halving must leave more than the output rate, or it has no room for its transition.
      let rate = Double(inputRate) / Double(1 << halvings.count)
      guard rate / 2 > Double(outputRate) else { break }
      let halving = HalfBandStage(
        edge: Double(outputRate) / 2 / rate, attenuation: specification.attenuation + Self.margin)
      halvings.append(halving)
      cost += halving.cost * rate / 2 / Double(outputRate)
    }
    guard let best,
      let final = FinalStage(best.method, phases: best.phases, step: best.step, specification)
    else { return nil }
    self.halvings = best.halvings
    self.final = final
  }

  /// Each halving adds its ripple and aliases to the whole, so it is better than asked by this many dB.
  private static let margin = 6.0
}
