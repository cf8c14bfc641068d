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
  private let raised = Atomic(false)
  private let handler = Mutex<(@Sendable () -> Void)?>(nil)
  private let sources: Mutex<[any DispatchSourceSignal]> = Mutex([])

  /// Starts to watch SIGINT and SIGTERM.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in self?.receive() }
      source.resume()
      sources.withLock { $0.append(source) }
    }
  }

  /// Whether the user wants to stop.
  var isRaised: Bool { raised.load(ordering: .acquiring) }

  /// Sets what to do at the first signal; called from another thread.
  func onRaise(_ action: @escaping @Sendable () -> Void) {
    handler.withLock { $0 = action }
  }

  private func receive() {
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
