import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C and `kill`, turned into a flag that long work looks at.
///
/// A second signal ends the program at once.
package struct Interrupt: Sendable {
  /// Starts to watch SIGINT and SIGTERM.
  package init() {
    // Made before a handler can want it: making it is not safe there, exchanging it is.
    _ = isRaised
    for number in Interrupt.signals {
      signal(number) { _ in
        if signalArrived.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted) }
      }
    }
  }

  private static let signals = [SIGINT, SIGTERM]

  /// Lets the signals through to this thread, and to the threads and programs that it starts.
  ///
  /// A parent may have left them blocked: whoever starts this program from a thread of a pool does. Called first of
  /// all, on the main thread.
  static func unblock() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Whether the user wants to stop.
  package var isRaised: Bool { signalArrived.load(ordering: .relaxed) }
}

/// Signals are sent to the process, so the one thing a handler may touch is the process's too.
private let signalArrived = Atomic(false)

/// The program's exit codes.
package enum ExitStatus {
  /// All is well.
  package static let success: Int32 = 0
  /// Some file failed its check, or some job failed.
  package static let someFailed: Int32 = 1
  /// The work could not be done: unreadable, unwritable, no credentials, no service.
  package static let couldNotRun: Int32 = 2
  /// The user stopped it.
  package static let interrupted: Int32 = 130
}
