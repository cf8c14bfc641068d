import ArgumentParser
import AudioPrep
import Jobs
import WavprepCommands

/// `wavprep send`: submits files that are ready, or objects that are in a bucket already.
struct SendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: ServiceAbstract.send,
    discussion: "A file that fails its check is not sent. Prints the ids of the operations.")

  @OptionGroup var input: PathArguments
  @OptionGroup(title: "Delivery and results") var job: JobOptions
  @OptionGroup(title: "Recognition") var recognition: RecognitionArguments
  @OptionGroup(title: "Service") var service: ServiceOptions
  @OptionGroup var concurrency: ParallelOption
  @OptionGroup var output: OutputOptions

  @Flag(inversion: .prefixedNo, help: "Wait for the results and write the transcripts.")
  var wait = false

  @Flag(help: "Let warnings fail a file too.")
  var strict = false

  func run() async throws {
    let console = output.console
    var files = input
    let addresses = input.paths.filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
    files.paths.removeAll { addresses.contains($0) }
    let needsFiles = !files.paths.isEmpty || files.filesFrom != nil
    let list = needsFiles ? try console.orExit { () throws(FileError) in try files.expand() } : InputList(searching: [])
    for error in list.errors { console.error(error.description) }
    let inputs = addresses.map { JobInput(.uri($0)) } + list.files.map { JobInput(.file($0)) }
    let run = JobRun(
      service: service, recognition: recognition, job: job, console: console, normalization: nil, waits: wait,
      strict: strict, parallel: concurrency.parallel)
    try await run.run(inputs, unreadable: list.errors.count)
  }
}
