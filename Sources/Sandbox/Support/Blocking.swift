import Dispatch
import Synchronization

/// Runs work that blocks (disk, signal processing) on a thread of its own, so that the few threads of Swift's
/// concurrency stay free to answer requests.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await blocking { _ in try work() }
}

/// Runs work that blocks on a thread of its own; the work may ask whether its task was cancelled.
func blocking<Value: Sendable>(
  _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value
) async throws -> Value {
  let flag = Flag()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try work { flag.isSet } })
      }
    }
  } onCancel: {
    flag.set()
  }
}

/// Something that happens once, seen from any thread.
private final class Flag: Sendable {
  private let state = Mutex(false)

  var isSet: Bool { state.withLock { $0 } }

  func set() { state.withLock { $0 = true } }
}
