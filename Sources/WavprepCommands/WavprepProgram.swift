import ArgumentParser
import Dispatch

extension Wavprep {
  /// Parses the arguments, runs the command, and ends the program.
  ///
  /// Commands without network run right here: an asynchronous `main` starts the concurrency runtime's threads, which
  /// takes `check` longer than its own work.
  public static func runAsProgram() -> Never {
    do {
      var command = try parseAsRoot()
      guard let asynchronous = command as? any AsyncParsableCommand else {
        try command.run()
        exit()
      }
      run(asynchronous)
    } catch {
      exit(withError: error)
    }
  }

  private static func run(_ command: any AsyncParsableCommand) -> Never {
    // The value is handed over whole; nothing else uses it.
    nonisolated(unsafe) var command = command
    Task {
      do {
        try await command.run()
        exit()
      } catch {
        exit(withError: error)
      }
    }
    dispatchMain()
  }
}
