import ArgumentParser

/// The `wavprep` command line: one subcommand a file, options in, text or JSON out.
public struct Wavprep: AsyncParsableCommand {
  /// Name, abstract and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "wavprep",
    abstract: "Checks WAV recordings, normalizes them and turns them into text.",
    discussion: """
      Exit codes: 0 all well; 1 a file failed its check or a job failed; 2 could not run; 64 wrong usage; 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      CheckCommand.self, NormalizeCommand.self, SendCommand.self, NormalizeAndSendCommand.self,
      StatusCommand.self, WaitCommand.self, ResultCommand.self, CancelCommand.self, DeleteCommand.self,
      SandboxCommand.self,
    ])

  /// Makes the command with its defaults.
  public init() {}
}
