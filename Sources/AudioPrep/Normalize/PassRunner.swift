import AudioDSP
import Dispatch
import Synchronization

/// Carries a recording through a pass, on as many threads as wanted.
///
/// Every block's bytes depend on its number alone, and what is measured is merged in the order of blocks, so the
/// outcome is the same for any number of threads.
struct PassRunner {
  let source: FrameSource
  let path: String
  let threads: Int
  /// Called with the number of input frames just done.
  let onProgress: @Sendable (Int64) -> Void
  /// Asked before each block.
  let isCancelled: @Sendable () -> Bool

  /// The samples that the workers' blocks may hold at once, 16 MB: recordings of a great many channels at a high rate
  /// get fewer threads.
  private static let workerSamples = 4 << 20

  /// Runs a pass; with no sink it measures only.
  ///
  /// - Throws: the first failure in the order of blocks.
  func run(_ pass: NormalizePass, to sink: SampleSink?) throws(NormalizeError) -> NormalizePass.Outcome {
    if case .samplerate(let settings) = pass.converter {
      return try runInOrder(pass, settings, to: sink)
    }
    let blocks = NormalizePass.Blocks(
      inputFrames: source.frames, channels: source.channels, resampler: pass.resampler)
    let queue = BlockQueue(count: blocks.count)
    let workers = max(1, min(threads, blocks.count, PassRunner.workerSamples / (blocks.longestInput * source.channels)))
    if workers == 1 {
      work(pass, blocks, queue, sink)
    } else {
      // The source is read under the queue's lock where it has state, so the compiler's doubt is unfounded.
      nonisolated(unsafe) let runner = self
      DispatchQueue.concurrentPerform(iterations: workers) { _ in runner.work(pass, blocks, queue, sink) }
    }
    return try queue.outcome()
  }

  /// One thread: takes block after block until there are none left, or one failed.
  private func work(
    _ pass: NormalizePass, _ blocks: NormalizePass.Blocks, _ queue: BlockQueue, _ sink: SampleSink?
  ) {
    var worker = BlockWorker(pass, blocks, channels: source.channels)
    var current: Int?
    do throws(NormalizeError) {
      while let index = try take(queue, blocks, &worker, &current) {
        queue.finish(index, try worker.process(index, to: sink))
        onProgress(Int64(blocks.own(index).count))
      }
    } catch {
      queue.fail(current ?? 0, error)
    }
  }

  /// Takes the next block and loads its input: in the queue's order for sources that have to be decoded in order.
  private func take(
    _ queue: BlockQueue, _ blocks: NormalizePass.Blocks, _ worker: inout BlockWorker, _ current: inout Int?
  ) throws(NormalizeError) -> Int? {
    if isCancelled() { throw .interrupted(path: path) }
    switch source {
    case .linear(let source):
      guard let index = queue.next() else { return nil }
      current = index
      try worker.load(index, from: source)
      return index
    case .decoded(let source):
      return try queue.next { (index) throws(NormalizeError) in
        current = index
        try worker.load(index, from: source)
        // The recording may have turned out to end before this block.
        return blocks.own(index).lowerBound < source.frames
      }
    }
  }
}

/// The blocks of a pass: handed out in order, their outcomes collected in order.
final class BlockQueue: Sendable {
  fileprivate struct State {
    let count: Int
    var next = 0
    var stopped = false
    /// What the blocks before `merged` found out together.
    var total = NormalizePass.Outcome()
    var merged = 0
    /// Outcomes that wait for that of an earlier block: few, since blocks take about the same time.
    var waiting: [Int: NormalizePass.Outcome] = [:]
    var failure: (index: Int, error: NormalizeError)?
  }

  private let state: Mutex<State>

  /// A queue of blocks 0 to `count - 1`.
  init(count: Int) {
    state = Mutex(State(count: count))
  }

  /// The next block's number; nil when there are no more, or the pass is over early.
  func next() -> Int? {
    state.withLock { $0.take() }
  }

  /// The next block's number, after `load` has run for it while no other thread takes one.
  ///
  /// - Parameter load: says whether there was anything to load; if not, there are no more blocks.
  func next(load: (Int) throws(NormalizeError) -> Bool) throws(NormalizeError) -> Int? {
    try state.withLock { (state) throws(NormalizeError) -> Int? in
      guard let index = state.take() else { return nil }
      if try load(index) { return index }
      state.stopped = true
      return nil
    }
  }

  /// Keeps a block's outcome; a refuted one ends the pass.
  func finish(_ index: Int, _ outcome: NormalizePass.Outcome) {
    state.withLock { state in
      state.waiting[index] = outcome
      while let next = state.waiting.removeValue(forKey: state.merged) {
        state.total.merge(next)
        state.merged += 1
      }
      if outcome.isRefuted { state.stopped = true }
    }
  }

  /// Ends the pass with an error; the earliest block's counts.
  func fail(_ index: Int, _ error: NormalizeError) {
    state.withLock { state in
      state.stopped = true
      if let failure = state.failure, failure.index <= index { return }
      state.failure = (index, error)
    }
  }

  /// What all blocks found out together.
  func outcome() throws(NormalizeError) -> NormalizePass.Outcome {
    try state.withLock { (state) throws(NormalizeError) in
      if let failure = state.failure { throw failure.error }
      return state.total
    }
  }
}

extension BlockQueue.State {
  fileprivate mutating func take() -> Int? {
    guard !stopped, next < count else { return nil }
    next += 1
    return next - 1
  }
}
