/// Decides which requests go wrong, and how.
///
/// Whether the nth request at an endpoint meets a rule depends on the seed, the rule's place, the endpoint and n
/// alone, so that the same requests meet the same faults however many clients there are at other endpoints.
actor FaultPlan {
  private let rules: [FaultRule]
  private let seed: UInt64
  private var requests: [Endpoint: UInt64] = [:]

  init(rules: [FaultRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
  }

  /// The fault of the next request at an endpoint: the first rule's that it meets.
  func next(at endpoint: Endpoint) -> Fault? {
    let number = requests[endpoint, default: 0]
    requests[endpoint] = number + 1
    for (index, rule) in rules.enumerated() where rule.endpoint == nil || rule.endpoint == endpoint {
      // Results can be cut only where they are given.
      if rule.fault == .truncateResults, endpoint != .results { continue }
      if draw(rule: index, endpoint: endpoint, number: number) < rule.rate { return rule.fault }
    }
    return nil
  }

  /// A number evenly spread over 0..<1.
  private func draw(rule: Int, endpoint: Endpoint, number: UInt64) -> Double {
    var state = seed
    for value in [UInt64(rule), UInt64(endpoint.number), number] {
      state = mixed(state &+ 0x9E37_79B9_7F4A_7C15 &+ value)
    }
    return Double(state >> 11) * 0x1p-53
  }

  /// The finalising step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
  private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
