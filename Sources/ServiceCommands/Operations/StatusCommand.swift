import ArgumentParser
import SpeechKit
import WavprepCommands

/// `wavprep status`: say how far operations are.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: ServiceAbstract.status)

  @OptionGroup var operations: OperationArguments

  func run() async throws {
    try await operations.forEach { id, client, console throws(OperationFailure) in
      do throws(ServiceError) {
        let operation = try await client.operation(id)
        operation.show(on: console)
        return operation.isWell
      } catch { throw OperationFailure(error) }
    }
  }
}
