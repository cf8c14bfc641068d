import ArgumentParser

/// The `wavprep` command line: one subcommand a file, options in, text or JSON out.
public struct Wavprep: ParsableCommand {
  /// Name, abstract and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "wavprep",
    abstract: "Checks WAV recordings, normalizes them and turns them into text.",
    discussion: """
      Exit codes: 0 all well; 1 a file failed its check or a job failed; 2 could not run; 64 wrong usage; 130 interrupted.
      """,
    version: version,
    subcommands: [
      CheckCommand.self, NormalizeCommand.self, ForwardedSend.self, ForwardedNormalizeAndSend.self,
      ForwardedStatus.self, ForwardedWait.self, ForwardedResult.self, ForwardedCancel.self, ForwardedDelete.self,
      SandboxCommand.self,
    ])

  /// The version of all programs.
  package static let version = "0.1.0"

  /// Makes the command with its defaults.
  public init() {}
}
