import ArgumentParser
import SpeechKit
import WavprepCommands

/// `wavprep cancel`: cancel operations that are not done.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: ServiceAbstract.cancel)

  @OptionGroup var operations: OperationArguments

  func run() async throws {
    try await operations.forEach { id, client, console throws(OperationFailure) in
      do throws(ServiceError) {
        let operation = try await client.cancel(id)
        operation.show(on: console)
        return operation.isWell
      } catch { throw OperationFailure(error) }
    }
  }
}
