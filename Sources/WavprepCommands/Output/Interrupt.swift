import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C and `kill`, turned into a flag that long work looks at and a closure that is called once.
///
/// A second signal ends the program at once.
final class Interrupt: Sendable {
  private let state = InterruptState()
  /// Kept alive, and never touched again after `init`.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Starts to watch SIGINT and SIGTERM.
  init() {
    sources = [SIGINT, SIGTERM].map { [state] number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { state.receive() }
      source.resume()
      // Last, so that no signal gets lost between the default action and ours.
      signal(number, SIG_IGN)
      return source
    }
  }

  /// Whether the user wants to stop.
  var isRaised: Bool { state.raised.load(ordering: .acquiring) }

  /// Sets what to do at the first signal; called from another thread.
  func onRaise(_ action: @escaping @Sendable () -> Void) {
    state.handler.withLock { $0 = action }
  }
}

private final class InterruptState: Sendable {
  let raised = Atomic(false)
  let handler = Mutex<(@Sendable () -> Void)?>(nil)

  func receive() {
    if raised.exchange(true, ordering: .acquiringAndReleasing) { _exit(ExitStatus.interrupted) }
    handler.withLock { $0 }?()
  }
}

/// The program's exit codes.
enum ExitStatus {
  /// Some file failed its check, or some job failed.
  static let someFailed: Int32 = 1
  /// The work could not be done: unreadable, unwritable, no credentials, no service.
  static let couldNotRun: Int32 = 2
  /// The user stopped it.
  static let interrupted: Int32 = 130
}
