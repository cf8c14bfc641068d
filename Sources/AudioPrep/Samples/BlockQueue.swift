import AudioDSP

/// The blocks of a file on their way: taken in the file's order, measured in any, folded in the file's order again.
///
/// There are a fixed number of them, so that memory is constant however far one thread falls behind.
final class BlockQueue: @unchecked Sendable {
  // Everything below is touched only under the monitor, but for `fold`: that belongs to whoever set `isFolding`.
  private let monitor = Monitor()
  private let blocks: Int
  private var free: [MeterBlock]
  private var measured: [MeterBlock?]
  private var taken = 0
  private var folded = 0
  private var isFolding = false
  private var failure: FileError?
  private var fold: LevelFold

  /// Makes a queue for a file of `blocks` blocks, measured by `threads` threads.
  init(_ format: MeterFormat, blocks: Int, threads: Int) {
    self.blocks = blocks
    // One block in each thread's hands, and as many that wait for an earlier one.
    free = (0..<2 * threads).map { _ in MeterBlock(format) }
    measured = Array(repeating: nil, count: 2 * threads)
    fold = LevelFold(format)
  }

  /// The next block to be read, and room to measure it in; waits for room. Nil when no more are left, or when one of
  /// them failed.
  func take() -> (index: Int, room: MeterBlock)? {
    monitor.locked {
      while true {
        if taken == blocks || failure != nil { return nil }
        if let room = free.popLast() {
          taken += 1
          return (taken - 1, room)
        }
        monitor.wait()
      }
    }
  }

  /// Hands in a measured block.
  func finish(_ index: Int, _ block: consuming MeterBlock) {
    let block = consume block
    var next: MeterBlock? = monitor.locked {
      measured[index % measured.count] = block
      return nextToFold(isMine: false)
    }
    while let block = next.take() {
      fold.add(block)
      next = monitor.locked {
        free.append(block)
        folded += 1
        monitor.signal()
        return nextToFold(isMine: true)
      }
    }
  }

  /// The block that is to be folded next, if it is measured and no other thread is at it.
  private func nextToFold(isMine: Bool) -> MeterBlock? {
    guard isMine || !isFolding else { return nil }
    let next = folded < blocks ? measured[folded % measured.count].take() : nil
    isFolding = next != nil
    return next
  }

  /// Ends the work on an error; the first one counts.
  func fail(_ error: FileError) {
    monitor.locked {
      if failure == nil { failure = error }
      monitor.signal()
    }
  }

  /// What all blocks came to. Only when all threads have ended.
  func report() throws(FileError) -> LevelReport {
    if let failure { throw failure }
    return fold.report()
  }
}
