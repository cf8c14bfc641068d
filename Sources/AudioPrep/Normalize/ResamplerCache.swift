import AudioDSP
import Synchronization

/// Resamplers that were designed already: a folder of clips has a rate or two, and a design takes as long as
/// resampling some seconds of audio.
final class ResamplerCache: Sendable {
  private struct Rates: Hashable {
    let input: Int
    let output: Int
  }

  /// More pairs of rates than this do not come up in one run; their designs hold a few hundred kilobytes each.
  private static let capacity = 16

  private let designed = Mutex<[Rates: Resampler]>([:])

  /// The resampler for a pair of rates.
  func resampler(from input: Int, to output: Int) throws(Resampler.Failure) -> Resampler {
    let rates = Rates(input: input, output: output)
    if let known = designed.withLock({ $0[rates] }) { return known }
    // Two threads may design the same one: that costs less than to let one wait.
    let resampler = try Resampler(from: input, to: output)
    designed.withLock { designed in
      if designed.count < ResamplerCache.capacity { designed[rates] = resampler }
    }
    return resampler
  }
}
