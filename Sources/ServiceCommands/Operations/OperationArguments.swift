import ArgumentParser
import AudioPrep
import SpeechKit
import WavprepCommands

/// The operations that a command is about.
struct OperationArguments: ParsableArguments {
  @Argument(help: "Ids of operations.")
  var ids: [String]

  @OptionGroup(title: "Service") var service: ServiceOptions
  @OptionGroup var output: OutputOptions

  /// Runs `work` for each id in turn; one failure does not stop the rest. Ends the program with what came of them.
  ///
  /// - Parameter work: returns whether all is well with the operation.
  func forEach(_ work: (String, SpeechKitClient, Console) async throws(OperationFailure) -> Bool) async throws {
    let console = output.console
    let client = SpeechKitClient(try service.connection(processEnvironment(), console))
    var failed = 0
    var couldNotRun = 0
    for id in ids {
      do throws(OperationFailure) {
        if try await !work(id, client, console) { failed += 1 }
      } catch {
        console.error("\(id.printable): \(error.message)")
        if error.couldNotRun { couldNotRun += 1 } else { failed += 1 }
      }
    }
    if failed > 0 { throw ExitCode(ExitStatus.someFailed) }
    if couldNotRun > 0 { throw ExitCode(ExitStatus.couldNotRun) }
  }
}

/// Why nothing could be done with an operation.
struct OperationFailure: Error {
  let message: String
  let couldNotRun: Bool

  init(_ error: ServiceError) {
    message = error.description
    switch error.kind {
    case .notFound, .operationFailed, .invalidArgument: couldNotRun = false
    default: couldNotRun = true
    }
  }

  init(_ error: FileError) {
    message = error.description
    couldNotRun = true
  }
}

extension RecognitionOperation {
  /// One word for the state.
  var stateName: String {
    switch state {
    case .running: "running"
    case .succeeded: "done"
    case .failed: "failed"
    }
  }

  /// Whether it has not failed.
  var isWell: Bool {
    if case .failed = state { false } else { true }
  }

  /// The operation as an object of `--json`.
  var json: JSON {
    var code = JSON.null
    var message = JSON.null
    if case .failed(let failureCode, let text) = state {
      code = failureCode.map { .string($0) } ?? .null
      message = .string(text)
    }
    return .object([
      ("operationId", .string(id)), ("state", .string(stateName)),
      ("createdAt", createdAt.map { .string($0) } ?? .null),
      ("modifiedAt", modifiedAt.map { .string($0) } ?? .null), ("code", code), ("error", message),
    ])
  }

  /// The operation on one line for people.
  var line: String {
    var line = "\(id.printable): \(stateName)"
    if case .failed(let code, let message) = state {
      line += (code.map { " (code \($0))" } ?? "") + ": " + message.printable
    }
    return line
  }

  /// Prints the operation.
  func show(on console: Console) {
    console.result(console.isJSON ? json.text : line)
  }
}
