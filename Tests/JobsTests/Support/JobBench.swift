import AudioPrep
import Foundation
import SpeechKit
import Synchronization
import Testing

@testable import Jobs

/// A sandbox, and a folder for recordings, transcripts and temporary files; gone after the test.
final class JobBench: Sendable {
  let sandbox: WatchedSandbox
  let scratch: Scratch

  private init(_ script: @escaping WatchedSandbox.Script) async throws {
    scratch = try Scratch()
    sandbox = try await WatchedSandbox(folder: scratch("sandbox"), script)
  }

  /// Runs `body` with a bench, and sees that its jobs left no temporary file behind.
  static func with(
    _ script: @escaping WatchedSandbox.Script = { _ in .answered }, _ body: (JobBench) async throws -> Void
  ) async throws {
    let bench = try await JobBench(script)
    do {
      try await body(bench)
      #expect(try bench.scratch.names(in: "tmp") == [])
    } catch {
      await bench.sandbox.stop()
      throw error
    }
    await bench.sandbox.stop()
  }

  /// A connection whose waits are short.
  ///
  /// - Parameters:
  ///   - apiKey: another key than the sandbox's.
  ///   - change: other places for the services.
  func connection(apiKey: String? = nil, _ change: (inout Endpoints) throws -> Void = { _ in }) throws -> Connection {
    let endpoint = try Endpoint(sandbox.origin)
    var endpoints = Endpoints(speech: endpoint, operation: endpoint, storage: endpoint, iam: endpoint)
    try change(&endpoints)
    return Connection(
      endpoints: endpoints,
      credentials: Credentials(
        speech: .apiKey(Secret(apiKey ?? sandbox.apiKey), origin: "YC_API_KEY"),
        storage: .accessKey(
          id: sandbox.accessKeyID, secret: Secret(sandbox.secretAccessKey), session: nil, origin: "AWS_ACCESS_KEY_ID")),
      timeouts: HTTPTimeouts(connect: 5, stall: 30),
      retry: RetryPolicy(attempts: 2, throttledAttempts: 2, firstDelay: 0.01, longestDelay: 0.02))
  }

  /// Settings for files that are sent as they are, inside the request, and waited for; transcripts go to `out`.
  var settings: JobSettings {
    var settings = JobSettings(recognition: RecognitionOptions(), delivery: .inline, normalization: nil, parallel: 2)
    settings.outputFolder = scratch("out")
    // Brings the first question forward, and the sandbox's watch answers it when the recognition is done.
    settings.timeout = 0.05
    return settings
  }

  /// Does jobs.
  ///
  /// - Parameters:
  ///   - uploads: whether the recordings travel by the sandbox's bucket.
  ///   - stop: ends the run early, as Ctrl-C does.
  ///   - change: made to the settings first.
  ///   - onProgress: called from the threads that normalize.
  func run(
    _ inputs: [JobInput], uploads: Bool = false, over connection: Connection? = nil, stop: Stop = Stop(),
    _ change: (inout JobSettings) throws -> Void = { _ in }, onProgress: @escaping @Sendable () -> Void = {}
  ) async throws -> Outcome {
    let connection = try connection ?? self.connection()
    var settings = settings
    if uploads {
      settings.delivery = .bucket(try ObjectStorage(connection, bucket: "sandbox"), prefix: "wavprep/")
    }
    try change(&settings)
    return await stop.run(try Pipeline(settings, connection, temporaryFilesIn: scratch.temporary), inputs, onProgress)
  }

  /// Does one job; its report.
  func report(
    of input: JobInput, uploads: Bool = false, over connection: Connection? = nil,
    _ change: (inout JobSettings) throws -> Void = { _ in }
  ) async throws -> JobReport {
    let outcome = try await run([input], uploads: uploads, over: connection, change)
    return try #require(outcome.reports.count == 1 ? outcome.reports.first : nil)
  }
}

/// What a run told.
struct Outcome: Sendable {
  var reports: [JobReport] = []
  var events: [(path: String, event: JobEvent)] = []

  /// The report of a recording.
  func report(of input: JobInput) throws -> JobReport {
    try #require(reports.first { $0.path == input.path }, "no report of \(input.path)")
  }

  var warnings: [String] {
    events.compactMap { if case .warning(let text) = $0.event { text } else { nil } }
  }
}

/// Ends a run early.
final class Stop: Sendable {
  private struct State {
    var isRaised = false
    var work: Task<Void, Never>?
  }

  private let state = Mutex(State())
  private let outcome = Mutex(Outcome())

  /// Cancels the run.
  func raise() {
    state.withLock {
      $0.isRaised = true
      $0.work?.cancel()
    }
  }

  /// Runs a pipeline to its end.
  func run(
    _ pipeline: consuming Pipeline, _ inputs: [JobInput], _ onProgress: @escaping @Sendable () -> Void = {}
  ) async -> Outcome {
    let work = Task { [pipeline] in
      await pipeline.run(
        inputs, observe: { [self] input, event in outcome.withLock { $0.events.append((input.path, event)) } },
        onProgress: { _, _ in onProgress() }, isCancelled: { [self] in state.withLock { $0.isRaised } },
        finished: { report in outcome.withLock { $0.reports.append(report) } })
    }
    state.withLock { state in
      state.work = work
      if state.isRaised { work.cancel() }
    }
    await work.value
    return outcome.withLock { $0 }
  }
}

extension JobInput {
  /// A file that the user named.
  static func file(_ path: String) -> JobInput {
    JobInput(.file(InputList(searching: [path]).files[0]))
  }
}

/// Returns once `condition` holds; twenty seconds later, it fails the test.
func until(_ condition: () throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(20)
  while try !condition() {
    try #require(ContinuousClock.now < deadline, "what was waited for did not happen")
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// Something that is shut until a test opens it.
final class Barrier: Sendable {
  private let isOpen = Mutex(false)

  func open() { isOpen.withLock { $0 = true } }

  /// Returns once it is open.
  func pass() async throws { try await until { isOpen.withLock { $0 } } }

  /// Blocks the thread until it is open, twenty seconds at most.
  func block() {
    for _ in 0..<4000 where !isOpen.withLock({ $0 }) { usleep(5000) }
  }
}
