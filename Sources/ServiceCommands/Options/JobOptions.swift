import ArgumentParser
import AudioPrep
import Jobs
import SpeechKit

/// How audio travels, and where results go.
struct JobOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Upload to this bucket, and send the address (or WAVPREP_BUCKET).", valueName: "name"))
  var bucket: String?

  @Option(
    help: ArgumentHelp(
      "What uploaded objects' names begin with (or WAVPREP_PREFIX; default: wavprep/).", valueName: "text"))
  var prefix: String?

  @Flag(help: "Send audio inside the request; it fits up to 44 MB.")
  var inline = false

  @Flag(help: "Leave uploaded objects in the bucket.")
  var keepObject = false

  @Option(help: ArgumentHelp("Give up waiting after this time; the operation goes on.", valueName: "seconds"))
  var timeout: Double?

  @Option(help: ArgumentHelp("Where transcripts go (default: beside the input).", valueName: "dir"))
  var outputDir: String?

  @Option(help: ArgumentHelp("Transcripts to write, of txt, json, srt, vtt and raw.", valueName: "list"))
  var formats = FormatList(formats: [.txt, .json])

  @Flag(help: "Replace existing transcripts.")
  var force = false

  @Flag(help: "Print what would be done and what it costs; touch no network.")
  var dryRun = false

  @Flag(help: "Start the sandbox for this run, and use it instead of the service.")
  var sandbox = false

  func validate() throws {
    if inline && bucket != nil { throw ValidationError("--inline and --bucket exclude each other") }
    if let timeout, !(timeout > 0 && timeout.isFinite) { throw ValidationError("--timeout takes seconds above 0") }
  }

  /// The bucket to upload to; nil sends audio inside the request.
  func bucketName(_ environment: [String: String]) -> String? {
    inline ? nil : environment.set("WAVPREP_BUCKET", over: bucket)
  }

  /// What objects' names begin with.
  func objectPrefix(_ environment: [String: String]) -> String {
    environment.set("WAVPREP_PREFIX", over: prefix) ?? "wavprep/"
  }
}

/// The value of `--formats`.
struct FormatList: ExpressibleByArgument {
  var formats: [TranscriptFormat]

  init(formats: [TranscriptFormat]) { self.formats = formats }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let formats = names.compactMap { TranscriptFormat(rawValue: String($0)) }
    guard formats.count == names.count, Set(formats).count == formats.count else { return nil }
    self.formats = formats
  }

  var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}
