import ArgumentParser
import AudioPrep
import Jobs
import SpeechKit
import WavprepCommands

/// `wavprep result`: gets the transcripts of operations that are done.
struct ResultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result",
    abstract: ServiceAbstract.result,
    discussion: "Prints the first of --formats on standard output, or writes all to files with --output-dir.")

  @OptionGroup var operations: OperationArguments

  @Option(help: ArgumentHelp("Write files to this folder, named by the operation.", valueName: "dir"))
  var outputDir: String?

  @Option(help: ArgumentHelp("Transcripts to get, of txt, json, srt, vtt and raw.", valueName: "list"))
  var formats = FormatList(formats: [.txt])

  @Option(help: "The model that was asked for, as the transcript names it.")
  var model = "general"

  @Flag(help: "Replace existing files.")
  var force = false

  func run() async throws {
    try await operations.forEach { id, client, console throws(OperationFailure) in
      let result: RecognitionResult
      do throws(ServiceError) { result = try await client.results(id) } catch { throw OperationFailure(error) }
      let transcript = Transcript(result, operationID: id, model: model)
      guard let outputDir else {
        let text = formats.formats.first?.render(transcript, result) ?? ""
        console.result(String(text.hasSuffix("\n") ? text.dropLast() : text[...]))
        return true
      }
      do throws(FileError) {
        let files = TranscriptFiles(operation: id, folder: outputDir, formats: formats.formats, replaces: force)
        let written = try files.write(transcript, result)
        let json = JSON.object([
          ("operationId", .string(id)), ("transcripts", .array(written.map { .string($0) })),
        ])
        console.result(
          console.isJSON ? json.text : "\(id.printable) → \(written.map(\.printable).joined(separator: ", "))")
        return true
      } catch { throw OperationFailure(error) }
    }
  }
}
