import Synchronization

/// A progress bar over work of a known amount, fed from any thread.
///
/// It shows up only once the work has lasted half a second, and redraws ten times a second at most.
final class Progress: Sendable {
  private struct State {
    var done: Int64 = 0
    var total: Int64 = 0
    var finishedFiles = 0
    var lastDraw: ContinuousClock.Instant
  }

  private let console: Console
  private let files: Int
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// A bar for so many files; the amount of work is added with `expect`.
  init(files: Int, on console: Console) {
    self.console = console
    self.files = files
    state = Mutex(State(lastDraw: start))
  }

  /// Adds seconds of audio (in milliseconds) that are still to be done.
  func expect(milliseconds: Int64) {
    state.withLock { $0.total += milliseconds }
  }

  /// Counts milliseconds of audio that are done.
  func advance(milliseconds: Int64) {
    let line = state.withLock { state -> String? in
      state.done += milliseconds
      let now = ContinuousClock.now
      guard now - start > .milliseconds(500), now - state.lastDraw > .milliseconds(100) else { return nil }
      state.lastDraw = now
      return describe(state, at: now)
    }
    if let line { console.progress(line) }
  }

  /// Counts a file that is done.
  func finishFile() {
    state.withLock { $0.finishedFiles += 1 }
  }

  /// Takes the bar away.
  func end() {
    console.progress(nil)
  }

  private func describe(_ state: State, at now: ContinuousClock.Instant) -> String {
    let elapsed = (now - start) / .seconds(1)
    let speed = Double(state.done) / 1000 / elapsed
    // How long the files to come are is not known before they are opened: several are counted, one is measured.
    let share =
      files > 1
      ? Double(state.finishedFiles) / Double(files)
      : state.total > 0 ? min(1, Double(state.done) / Double(state.total)) : 0
    let width = 24
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let left = share > 0 ? elapsed * (1 - share) / share : 0
    let place = files > 1 ? "\(state.finishedFiles)/\(files) files  " : ""
    return "\(bar) \(Int(share * 100)) %  \(place)\(Int(speed))× real time  \(clock(left)) left"
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let minutes = whole / 60
    let rest = whole % 60
    return "\(minutes):\(rest < 10 ? "0" : "")\(rest)"
  }
}
