import ArgumentParser
import SpeechKit
import WavprepCommands

/// `wavprep wait`: waits until operations are done.
struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: ServiceAbstract.wait)

  @OptionGroup var operations: OperationArguments

  @Option(help: ArgumentHelp("Give up waiting for one after this time; it goes on.", valueName: "seconds"))
  var timeout: Double?

  func run() async throws {
    // How long the audio is, and how long ago it was sent, is not known here: ask soon, then ever more seldom.
    let schedule = PollSchedule(firstDelay: 0, longestDelay: 30)
    try await operations.forEach { id, client, console throws(OperationFailure) in
      do throws(ServiceError) {
        let operation = try await client.wait(for: id, schedule: schedule, timeout: timeout)
        operation.show(on: console)
        return operation.isWell
      } catch { throw OperationFailure(error) }
    }
  }
}
