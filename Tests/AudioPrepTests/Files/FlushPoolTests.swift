import Dispatch
import Synchronization
import Testing

@testable import AudioPrep

@Suite("Flushes beside the computing") struct FlushPoolTests {
  @Test("are all done when the pool has been waited for, however many they are") func complete() {
    let pool = FlushPool()
    let done = Mutex<Set<Int>>([])
    for number in 0..<1000 { pool.submit { done.withLock { _ = $0.insert(number) } } }
    pool.wait()
    #expect(done.withLock { $0.count } == 1000)
  }

  @Test("wait for the disk at the same time, also on one processor") func together() {
    let pool = FlushPool()
    let all = DispatchGroup()
    let met = Atomic(0)
    // Each is done only when all 16 have started.
    for _ in 0..<16 { all.enter() }
    for _ in 0..<16 {
      pool.submit {
        all.leave()
        if all.wait(timeout: .now() + 30) == .success { met.wrappingAdd(1, ordering: .relaxed) }
      }
    }
    pool.wait()
    #expect(met.load(ordering: .relaxed) == 16)
  }
}
