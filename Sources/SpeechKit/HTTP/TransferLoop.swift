import CCurl
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The thread that owns libcurl's multi handle, and the queue into it.
///
/// Every libcurl call but `curl_multi_wakeup` (which libcurl allows from anywhere) is made on this thread.
final class TransferLoop: Sendable {
  typealias Ticket = UInt64

  private enum Command {
    case start(Ticket, Exchange)
    case cancel(Ticket)
  }

  /// A multi handle outside its thread, where it serves for `curl_multi_wakeup` only.
  private struct WakeableHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
  }

  private struct Queue {
    var commands: [Command] = []
    /// Tickets whose exchange has no answer yet; a cancellation of any other comes too late.
    var open: Set<Ticket> = []
    var lastTicket: Ticket = 0
    var isStopping = false
    var hasThread = false
    /// The multi handle while the thread may be woken.
    var multi: WakeableHandle?

    mutating func append(_ command: Command) {
      commands.append(command)
      wake()
    }

    func wake() {
      if let multi { curl_multi_wakeup(multi.pointer) }
    }
  }

  private let queue = Mutex(Queue())

  /// A number for an exchange that is about to start, so that it can be cancelled before it does.
  func takeTicket() -> Ticket {
    queue.withLock { queue in
      queue.lastTicket += 1
      queue.open.insert(queue.lastTicket)
      return queue.lastTicket
    }
  }

  /// Hands an exchange to the thread, which the first one starts.
  func start(_ ticket: Ticket, _ exchange: Exchange) {
    let needsThread = queue.withLock { queue in
      queue.append(.start(ticket, exchange))
      defer { queue.hasThread = true }
      return !queue.hasThread
    }
    if needsThread { startThread { self.run() } }
  }

  /// Ends an exchange early; nothing happens if it is answered already.
  func cancel(_ ticket: Ticket) {
    queue.withLock { queue in
      if queue.open.contains(ticket) { queue.append(.cancel(ticket)) }
    }
  }

  /// Lets the thread end once everything is answered.
  func stop() {
    queue.withLock { queue in
      queue.isStopping = true
      queue.wake()
    }
  }

  private func run() {
    guard ccurl_available(), curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init()
    else { return refuseEverything() }
    let wakeable = WakeableHandle(pointer: multi)
    queue.withLock { $0.multi = wakeable }
    var active: [Ticket: Transfer] = [:]
    var cancelledBeforeStart: Set<Ticket> = []
    while true {
      let (commands, isStopping) = queue.withLock { queue in
        defer { queue.commands.removeAll() }
        return (queue.commands, queue.isStopping)
      }
      for command in commands {
        switch command {
        case .start(let ticket, let exchange):
          if cancelledBeforeStart.remove(ticket) != nil {
            close(ticket)
            exchange.finish(.failure(TransportError(kind: .cancelled(sent: false), reason: "cancelled")))
          } else if let transfer = Transfer(exchange), curl_multi_add_handle(multi, transfer.handle) == CURLM_OK {
            active[ticket] = transfer
          } else {
            close(ticket)
            exchange.finish(.failure(TransportError(kind: .notSent, reason: "libcurl cannot make a request")))
          }
        case .cancel(let ticket):
          if let transfer = active.removeValue(forKey: ticket) {
            close(ticket)
            let sent = transfer.mayHaveArrived
            curl_multi_remove_handle(multi, transfer.handle)
            transfer.finish(.failure(TransportError(kind: .cancelled(sent: sent), reason: "cancelled")))
          } else {
            cancelledBeforeStart.insert(ticket)
          }
        }
      }
      if isStopping && active.isEmpty { break }
      advance(multi, &active)
    }
    queue.withLock { $0.multi = nil }
    curl_multi_cleanup(multi)
  }

  /// Moves every transfer as far as it goes, delivers the finished ones and waits for more to do.
  private func advance(_ multi: UnsafeMutableRawPointer, _ active: inout [Ticket: Transfer]) {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    var finished = ccurl_finished()
    while ccurl_next_finished(multi, &finished) {
      guard let (ticket, transfer) = active.first(where: { $0.value.handle == finished.handle }) else { continue }
      active[ticket] = nil
      close(ticket)
      let outcome = transfer.outcome(of: finished.code)
      curl_multi_remove_handle(multi, transfer.handle)
      transfer.finish(outcome)
    }
    // Sockets, libcurl's own timers and `curl_multi_wakeup` end the wait; the second is only an upper bound.
    curl_multi_poll(multi, nil, 0, 1000, nil)
  }

  private func close(_ ticket: Ticket) {
    queue.withLock { _ = $0.open.remove(ticket) }
  }

  /// Answers what is queued when libcurl cannot be had; the next request tries again.
  private func refuseEverything() {
    let commands = queue.withLock { queue in
      defer { queue.commands.removeAll() }
      queue.hasThread = false
      queue.open.removeAll()
      return queue.commands
    }
    for case .start(_, let exchange) in commands {
      exchange.finish(
        .failure(TransportError(kind: .notSent, reason: "libcurl.so.4 cannot be loaded; apt-get install libcurl4")))
    }
  }
}

/// Runs `body` on a detached thread that takes no signals: they belong to the main thread, and a server that closes
/// its connection must not end the program with SIGPIPE.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  let context = Unmanaged.passRetained(Body(body)).toOpaque()
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let result = pthread_create(
    &thread, nil,
    { context in
      var signals = sigset_t()
      sigfillset(&signals)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      #if canImport(Darwin)
        let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
      #else
        guard let context else { return nil }
        let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
      #endif
      body.run()
      return nil
    }, context)
  precondition(result == 0, "the system has no thread left")
  #if canImport(Darwin)
    if let thread { pthread_detach(thread) }
  #else
    pthread_detach(thread)
  #endif
}
