import ArgumentParser
import AudioPrep

/// `wavprep normalize`: any recording in, the WAV file that the recogniser takes out.
package struct NormalizeCommand: ParsableCommand {
  /// What the command is called.
  static let name = "normalize"
  package static let configuration = CommandConfiguration(
    commandName: name,
    _superCommandName: "wavprep",
    abstract: "Convert recordings to what the recogniser takes: 16-bit PCM WAV at 8 or 16 kHz.",
    discussion: "Exits with 1 when an input cannot be used, with 2 when a file cannot be read or written.")

  @OptionGroup var input: PathArguments
  @OptionGroup var form: NormalizeArguments
  @OptionGroup var concurrency: ParallelOption
  @OptionGroup var streams: OutputOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; one input only.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The folder to write to, under the inputs' names.", valueName: "dir"))
  var outputDir: String?

  @Flag(help: "Replace existing files.")
  var force = false

  package func validate() throws {
    if (output == nil) == (outputDir == nil) {
      throw ValidationError("give either -o FILE or --output-dir DIR")
    }
    if output != nil && (input.paths.count != 1 || input.filesFrom != nil) {
      throw ValidationError("-o takes one input; use --output-dir for several")
    }
    if outputDir != nil && input.paths.contains("-") {
      throw ValidationError("standard input has no name: use -o FILE")
    }
  }

  package init() {}

  package func run() throws {
    let console = streams.console
    let list = try console.orExit { () throws(FileError) in try input.expand() }
    for error in list.errors { console.error(error.description) }
    if output != nil && list.files.count > 1 {
      console.error("-o takes one input, and there are \(list.files.count): use --output-dir")
      throw ExitCode.validationFailure
    }
    let interrupt = Interrupt()
    let progress = Progress(files: list.files.count, on: console)
    let batch = NormalizeBatch(
      normalizer: normalizer(interrupt, progress), outputFile: output, outputFolder: outputDir, console: console,
      progress: progress)
    let tally = batch.run(list.files, parallel: concurrency.parallel, interrupt: interrupt)
    progress.end()
    try tally.exit(interrupted: interrupt.isRaised, unreadable: list.errors.count)
  }

  private func normalizer(_ interrupt: Interrupt, _ progress: Progress) -> Normalizer {
    var normalizer = Normalizer(form.options)
    normalizer.replacesOutput = force
    normalizer.wantsDigest = streams.json
    normalizer.isCancelled = { interrupt.isRaised }
    normalizer.onStart = { frames, rate in progress.expect(milliseconds: frames / Int64(rate) * 1000) }
    normalizer.onProgress = { frames, rate in progress.advance(milliseconds: frames * 1000 / Int64(rate)) }
    return normalizer
  }
}
