import ArgumentParser
import AudioPrep
import Jobs
import WavprepCommands

/// `wavprep normalize-and-send`: the main job. Recordings go in, transcripts come out.
struct NormalizeAndSendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize-and-send",
    abstract: ServiceAbstract.normalizeAndSend,
    discussion: """
      Credentials come from the environment: YC_API_KEY, YC_IAM_TOKEN or YC_SERVICE_ACCOUNT_KEY_FILE; for the bucket \
      an IAM token, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
      """)

  @OptionGroup var input: PathArguments
  @OptionGroup(title: "Audio") var form: NormalizeArguments
  @OptionGroup(title: "Delivery and results") var job: JobOptions
  @OptionGroup(title: "Recognition") var recognition: RecognitionArguments
  @OptionGroup(title: "Service") var service: ServiceOptions
  @OptionGroup var concurrency: ParallelOption
  @OptionGroup var output: OutputOptions

  @Flag(inversion: .prefixedNo, help: "Wait for the results, or leave once the recordings are accepted.")
  var wait = true

  @Flag(help: "Let warnings fail a recording too.")
  var strict = false

  func run() async throws {
    let console = output.console
    let list = try console.orExit { () throws(FileError) in try input.expand() }
    for error in list.errors { console.error(error.description) }
    let run = JobRun(
      service: service, recognition: recognition, job: job, console: console, normalization: form.options,
      waits: wait, strict: strict, parallel: concurrency.parallel)
    try await run.run(list.files.map { JobInput(.file($0)) }, unreadable: list.errors.count)
  }
}
