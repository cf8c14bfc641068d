/// Runs recognitions, a few at a time, in the order in which they came.
actor RecognitionQueue {
  /// Recognises the audio of an operation and keeps the results; its errors are recorded, not thrown.
  typealias Work = @Sendable (_ operationID: String) async -> Void

  private let limit: Int
  private let work: Work
  private var waiting: [String] = []
  private var running: [String: Task<Void, Never>] = [:]
  private var isStopped = false

  init(limit: Int, work: @escaping Work) {
    self.limit = limit
    self.work = work
  }

  /// Puts an operation at the end of the queue.
  func add(_ id: String) {
    waiting.append(id)
    startNext()
  }

  /// Takes an operation out of the queue, and ends its recognition if it has begun.
  func cancel(_ id: String) {
    waiting.removeAll { $0 == id }
    running[id]?.cancel()
  }

  /// Ends all recognitions and waits for their processes; the operations stay unfinished.
  func stop() async {
    isStopped = true
    waiting = []
    for task in running.values { task.cancel() }
    for task in running.values { await task.value }
  }

  private func startNext() {
    while running.count < limit, !waiting.isEmpty, !isStopped {
      let id = waiting.removeFirst()
      running[id] = Task {
        await work(id)
        finished(id)
      }
    }
  }

  private func finished(_ id: String) {
    running[id] = nil
    startNext()
  }
}
