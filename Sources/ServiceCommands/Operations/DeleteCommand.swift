import ArgumentParser
import AudioPrep
import SpeechKit
import WavprepCommands

/// `wavprep delete`: removes results from the service.
struct DeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: ServiceAbstract.delete)

  @OptionGroup var operations: OperationArguments

  func run() async throws {
    try await operations.forEach { id, client, console throws(OperationFailure) in
      do throws(ServiceError) {
        try await client.delete(id)
        let json = JSON.object([("operationId", .string(id)), ("state", .string("deleted"))])
        console.result(console.isJSON ? json.text : "\(id.printable): deleted")
        return true
      } catch { throw OperationFailure(error) }
    }
  }
}
