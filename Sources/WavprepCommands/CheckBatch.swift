import AudioPrep
import Dispatch
import Synchronization

/// Checks many files at once and tells the results in the order of the files.
struct CheckBatch {
  /// What a check comes to.
  typealias CheckResult = Result<CheckReport, FileError>

  private let checker: Checker
  private let parallel: Int?

  /// A batch that uses `parallel` threads, 1 or more, or as many as there are processors when nil: for one file all of
  /// them, for several a thread each.
  init(checker: Checker, parallel: Int?) {
    self.checker = checker
    self.parallel = parallel
  }

  /// Checks all files.
  ///
  /// - Parameter show: told each result as soon as all before it have been told; never two at a time.
  func run(_ paths: [String], show: (CheckResult) -> Void) {
    var checker = checker
    if paths.count == 1 {
      // How many processors there are is asked only if samples are read.
      checker.scanner.threads = parallel
      return show(check(paths[0], checker))
    }
    let parallel = parallel ?? processorCount()
    let atOnce = max(1, min(parallel, paths.count))
    checker.scanner.threads = max(1, parallel / atOnce)
    if atOnce == 1 {
      for path in paths { show(check(path, checker)) }
      return
    }
    let next = Atomic(0)
    let finished = Mutex(Finished())
    // The lock around `show` keeps its calls apart.
    nonisolated(unsafe) let show = show
    let shared = checker
    DispatchQueue.concurrentPerform(iterations: atOnce) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < paths.count else { return }
        let result = check(paths[index], shared)
        finished.withLock { finished in
          finished.waiting[index] = result
          while let ready = finished.waiting.removeValue(forKey: finished.told) {
            finished.told += 1
            show(ready)
          }
        }
      }
    }
  }

  private struct Finished {
    var told = 0
    var waiting: [Int: CheckResult] = [:]
  }

  private func check(_ path: String, _ checker: Checker) -> CheckResult {
    CheckResult { () throws(FileError) in try checker.check(path) }
  }
}
