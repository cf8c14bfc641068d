/// When to ask for an operation's state.
///
/// Recognition takes about ten seconds a minute of audio: the first question comes when half of that has passed, and
/// the next ones in intervals that grow with what is left to expect.
public struct PollSchedule: Hashable, Sendable {
  /// Seconds from submit to the first question.
  public let firstDelay: Double
  /// The longest pause between two questions, in seconds.
  public let longestDelay: Double

  /// A schedule for audio of a length.
  ///
  /// - Parameters:
  ///   - audioSeconds: the length over all channels together, in seconds.
  ///   - isDeferred: whether a deferred model does it, which may take a day.
  public init(audioSeconds: Double, isDeferred: Bool = false) {
    let expected = max(0, audioSeconds.isFinite ? audioSeconds : 0) / 6
    firstDelay = isDeferred ? 60 : min(max(expected / 2, 0.5), 300)
    longestDelay = isDeferred ? 600 : min(max(expected / 4, 2), 30)
  }

  /// A schedule that is given outright, in seconds.
  public init(firstDelay: Double, longestDelay: Double) {
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
  }

  /// Seconds to wait after a number of questions.
  func delay(after questions: Int) -> Double {
    guard questions > 0 else { return firstDelay }
    let step = min(firstDelay, longestDelay) / 2
    return min(
      longestDelay, max(step, 0.25) * Double(1 << min(questions - 1, 16)).squareRoot() * .random(in: 0.9...1.1))
  }
}

/// Keeps requests of one kind under a rate, over all tasks that share it.
actor Pace {
  private let interval: Duration
  private var next = ContinuousClock.now

  init(perSecond: Double) {
    interval = .seconds(1 / perSecond)
  }

  /// Returns when the caller's turn has come; throws when its task is cancelled.
  func wait() async throws(CancellationError) {
    let turn = max(next, .now)
    next = turn + interval
    do {
      try await Task.sleep(until: turn, clock: .continuous)
    } catch {
      throw CancellationError()
    }
  }
}
