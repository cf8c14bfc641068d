import Synchronization
import WavprepCommands

/// A line about the jobs of a run: how many are where, and how fast audio is normalized.
final class JobProgress: Sendable {
  private struct State {
    var prepared = 0
    var submitted = 0
    var finished = 0
    var milliseconds: Int64 = 0
    var lastDraw: ContinuousClock.Instant
  }

  private let console: Console
  private let jobs: Int
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// A line about so many jobs.
  init(jobs: Int, on console: Console) {
    self.console = console
    self.jobs = jobs
    state = Mutex(State(lastDraw: start))
  }

  /// Counts audio that was normalized.
  func normalized(milliseconds: Int64) { update { $0.milliseconds += milliseconds } }
  /// Counts a recording that is ready to be sent.
  func prepared() { update { $0.prepared += 1 } }
  /// Counts a recording that the service accepted.
  func submitted() { update { $0.submitted += 1 } }
  /// Counts a job that ended.
  func finished() { update { $0.finished += 1 } }
  /// Takes the line away.
  func end() { console.progress(nil) }

  private func update(_ change: (inout State) -> Void) {
    let line = state.withLock { state -> String? in
      change(&state)
      let now = ContinuousClock.now
      guard now - start > .milliseconds(500), now - state.lastDraw > .milliseconds(100) else { return nil }
      state.lastDraw = now
      return describe(state, at: now)
    }
    if let line { console.progress(line) }
  }

  private func describe(_ state: State, at now: ContinuousClock.Instant) -> String {
    let recognising = max(0, state.submitted - state.finished)
    let seconds = Int((now - start) / .seconds(1))
    return "\(state.finished)/\(jobs) done, \(recognising) being recognised, \(state.prepared) normalized"
      + " (\(state.milliseconds / 1000) s of audio), \(seconds) s"
  }
}
