#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Threads for work that is all arithmetic: plain ones, since Dispatch would add to every start of the program.
enum Threads {
  /// How many processors there are to run on.
  static let available = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Runs `work` on `count` threads, the caller's among them, and returns when it has returned on all.
  ///
  /// `work` must take its share from a common store until that is empty: where the system gives no more threads, there
  /// are fewer than `count`.
  static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let context = Unmanaged.passRetained(Work(work))
      let refused = pthread_create(
        &thread, nil,
        { context in
          #if canImport(Darwin)
            Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
          #else
            if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
          #endif
          return nil
        }, context.toOpaque())
      guard refused == 0 else {
        context.release()
        break
      }
      #if canImport(Darwin)
        if let thread { threads.append(thread) }
      #else
        threads.append(thread)
      #endif
    }
    work()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// A closure that a C function can carry.
  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// A lock whose holder can wait for the others to change something.
///
/// Its memory is its own, since a mutex may not move.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` alone.
  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Lets the others in until one of them signals. Only within ``locked(_:)``.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Wakes all that wait.
  func signal() { pthread_cond_broadcast(condition) }
}
