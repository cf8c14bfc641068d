import Testing

@testable import AudioDSP

/// Resamples a whole signal in blocks, zeros beyond its ends.
func resampled(_ signal: [Float], _ resampler: Resampler, blocks: Int = 1 << 20) -> [Float] {
  let total = resampler.outputFrames(forInput: Int64(signal.count))
  var workspace = Resampler.Workspace()
  var result: [Float] = []
  var start: Int64 = 0
  while start < total {
    let range = start..<min(total, start + Int64(blocks))
    let needed = resampler.inputRange(forOutput: range)
    let input = needed.map { $0 >= 0 && $0 < Int64(signal.count) ? signal[Int($0)] : 0 }
    var output = [Float](repeating: .nan, count: range.count)
    var span = output.mutableSpan
    resampler.resample(input: input.span, output: range, into: &span, workspace: &workspace)
    result += output
    start = range.upperBound
  }
  return result
}

@Suite("A resampler")
struct ResamplerTests {
  @Test(arguments: InstructionSet.available, [(48_000, 16_000), (44_100, 16_000), (8_000, 16_000), (96_000, 8_000)])
  func `keeps a constant`(set: InstructionSet, rates: (Int, Int)) throws {
    let resampler = try Resampler(from: rates.0, to: rates.1, instructionSet: set)
    let output = resampled([Float](repeating: 0.5, count: rates.0), resampler, blocks: 3001)
    #expect(output.count == rates.1)
    for sample in output[1000..<rates.1 - 1000] { #expect(abs(sample - 0.5) < 1e-6) }
  }
}
