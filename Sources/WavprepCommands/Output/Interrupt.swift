import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C and `kill`, turned into a flag that long work looks at.
///
/// A second signal ends the program at once.
struct Interrupt: Sendable {
  /// Starts to watch SIGINT and SIGTERM.
  init() {
    // Made before a handler can want it: making it is not safe there, exchanging it is.
    _ = isRaised
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { _ in
        if signalArrived.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted) }
      }
    }
    // A parent may have left them blocked: whoever starts this from a thread of a pool does.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether the user wants to stop.
  var isRaised: Bool { signalArrived.load(ordering: .relaxed) }

  /// Returns when the user wants to stop, or the task is cancelled.
  func wait() async {
    while !isRaised {
      do { try await Task.sleep(for: .milliseconds(30)) } catch { return }
    }
  }
}

/// Signals are sent to the process, so the one thing a handler may touch is the process's too.
private let signalArrived = Atomic(false)

/// The program's exit codes.
enum ExitStatus {
  /// Some file failed its check, or some job failed.
  static let someFailed: Int32 = 1
  /// The work could not be done: unreadable, unwritable, no credentials, no service.
  static let couldNotRun: Int32 = 2
  /// The user stopped it.
  static let interrupted: Int32 = 130
}
