import ArgumentParser
import Dispatch
import WavprepCommands

/// The program `wavprep-service`: all commands, of which `wavprep` leaves to it those that talk to the service.
public struct ServiceProgram: AsyncParsableCommand {
  /// The name is that of the program that people start.
  public static let configuration = CommandConfiguration(
    commandName: "wavprep",
    abstract: Wavprep.configuration.abstract,
    discussion: Wavprep.configuration.discussion,
    version: Wavprep.version,
    subcommands: [
      CheckCommand.self, NormalizeCommand.self, SendCommand.self, NormalizeAndSendCommand.self, StatusCommand.self,
      WaitCommand.self, ResultCommand.self, CancelCommand.self, DeleteCommand.self, SandboxCommand.self,
    ])

  /// Makes the command with its defaults.
  public init() {}
}
