/// The stages of a resampler: as many halvings as make it cheapest, and the polyphase filter.
struct ResamplerPlan {
  let halvings: [HalfBandStage]
  let polyphase: PolyphaseStage

  /// Chooses the stages; `nil` when no choice has tables of a sensible size.
  init?(from inputRate: Int, to outputRate: Int, specification: ResamplerSpecification) {
    var best: (cost: Double, halvings: [HalfBandStage], shape: (phases: Int, step: Int))?
    var halvings: [HalfBandStage] = []
    var cost = 0.0
    while true {
      let divisor = greatestCommonDivisor(outputRate << halvings.count, inputRate)
      let phases = (outputRate << halvings.count) / divisor
      let step = inputRate / divisor
      let taps = PolyphaseStage.cost(phases: phases, step: step, specification: specification)
      if let taps, cost + taps < best?.cost ?? .infinity {
        best = (cost + taps, halvings, (phases, step))
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
      let polyphase = PolyphaseStage(
        phases: best.shape.phases, step: best.shape.step, specification: specification)
    else { return nil }
    self.halvings = best.halvings
    self.polyphase = polyphase
  }

  /// Each halving adds its ripple and aliases to the whole, so it is better than asked by this many dB.
  private static let margin = 6.0
}
