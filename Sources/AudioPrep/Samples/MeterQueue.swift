import AudioDSP
import Dispatch
import Synchronization

/// The blocks of a file on their way: taken in the file's order, measured in any, folded in the file's order again.
///
/// There is a fixed number of them, so that memory is constant however far one thread falls behind.
final class MeterQueue: Sendable {
  fileprivate struct State {
    var free: [MeterBlock]
    /// Blocks that wait for an earlier one, each at its index modulo the number of blocks that there are.
    var measured: [MeterBlock?]
    var taken = 0
    var folded = 0
    var failure: (index: Int, error: FileError)?
  }

  private let count: Int
  private let state: Mutex<State>
  private let fold: Mutex<LevelFold>
  /// Counts the free blocks; starts at zero and is raised, since a semaphore may not end below what it started at.
  private let room = DispatchSemaphore(value: 0)

  /// Makes a queue for `count` blocks of a file, measured by `threads` threads.
  init(_ format: MeterFormat, count: Int, threads: Int) {
    self.count = count
    // One block in each thread's hands, and as many that wait.
    let free = (0..<2 * threads).map { _ in MeterBlock(format) }
    state = Mutex(State(free: free, measured: Array(repeating: nil, count: free.count)))
    fold = Mutex(LevelFold(format))
    for _ in free { room.signal() }
  }

  /// The next block to be read, and where to measure it; waits for room. Nil when there are no more, or one failed.
  func take() -> (index: Int, block: MeterBlock)? {
    room.wait()
    return state.withLock { state in
      guard state.taken < count, state.failure == nil, let block = state.free.popLast() else {
        // Whoever else waits is to find this out too.
        room.signal()
        return nil
      }
      state.taken += 1
      return (state.taken - 1, block)
    }
  }

  /// Hands in a measured block, and folds all that are next in the file's order.
  func finish(_ index: Int, _ block: consuming MeterBlock) {
    // Handed over without a second owner, or the next to measure into it would copy it first.
    var handed: MeterBlock? = consume block
    state.withLock { $0.measured[index % $0.measured.count] = handed.take() }
    fold.withLock { fold in
      while let next = state.withLock({ $0.takeNext() }) {
        fold.add(next)
        state.withLock { $0.free.append(next) }
        room.signal()
      }
    }
  }

  /// Ends the work on an error at a block; the first in the file's order counts, whoever comes first with his.
  func fail(_ index: Int, _ error: FileError) {
    state.withLock { state in
      if let failure = state.failure, failure.index <= index { return }
      state.failure = (index, error)
    }
    room.signal()
  }

  /// What all blocks came to. Only when all threads have ended.
  func report() throws(FileError) -> LevelReport {
    if let failure = state.withLock({ $0.failure }) { throw failure.error }
    return fold.withLock { $0.report() }
  }
}

extension MeterQueue.State {
  fileprivate mutating func takeNext() -> MeterBlock? {
    guard let next = measured[folded % measured.count].take() else { return nil }
    folded += 1
    return next
  }
}
