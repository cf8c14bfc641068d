import Foundation

/// A program that ended with something other than success.
struct ProgramFailure: Error, CustomStringConvertible {
  var description: String
}

/// Runs a program to its end without holding a thread, its standard output going to a file. It is ended when the
/// task is cancelled.
func run(_ program: String, _ arguments: [String], output: String) async throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  try Data().write(to: URL(fileURLWithPath: output))
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
  process.standardError = FileHandle.nullDevice
  try Task.checkCancellation()
  try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
        // A cancellation that came before the start found nothing to end.
        if Task.isCancelled { end(process) }
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  } onCancel: {
    if process.isRunning { end(process) }
  }
  try Task.checkCancellation()
  guard process.terminationReason == .exit, process.terminationStatus == 0 else {
    throw ProgramFailure(description: "\(program) ended with status \(process.terminationStatus)")
  }
}

/// Ends a process at once. Asking with SIGTERM would not do: a program that ignores it, so as to stop in order, hands
/// that down to its children.
private func end(_ process: Process) {
  kill(process.processIdentifier, SIGKILL)
}
