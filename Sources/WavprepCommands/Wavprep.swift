import ArgumentParser

/// The `wavprep` command line.
import Jobs

public struct Wavprep: ParsableCommand {
  /// Name, abstract and subcommands.
  public static let configuration = CommandConfiguration(commandName: "wavprep")

  /// Makes the command with its defaults.
  public init() {}
}
