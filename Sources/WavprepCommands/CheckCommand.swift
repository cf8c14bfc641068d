import ArgumentParser
import AudioPrep

/// `wavprep check`: is this WAV sound, and will the recogniser take it?
package struct CheckCommand: ParsableCommand {
  /// What the command is called.
  static let name = "check"
  package static let configuration = CommandConfiguration(
    commandName: name,
    _superCommandName: "wavprep",
    abstract: "Say what is wrong with WAV files, and whether the recogniser takes them.",
    discussion: "Exits with 1 when a file fails, with 2 when one cannot be read.")

  @OptionGroup var input: PathArguments
  @OptionGroup var concurrency: ParallelOption
  @OptionGroup var output: OutputOptions

  @Option(help: "What to check for: speechkit-v3, or wave for structure and samples alone.")
  var profile = Profile.speechKitV3

  @Flag(help: "Look at headers only, not at the samples.")
  var headersOnly = false

  @Flag(help: "Let warnings fail a file too.")
  var strict = false

  @Flag(help: "Apply the size limit of audio inside the request.")
  var inline = false

  package init() {}

  package func run() throws {
    let status = check.run()
    if status != ExitStatus.success { throw ExitCode(status) }
  }

  /// What these options ask for.
  var check: CheckRun {
    CheckRun(
      input: input.selection,
      options: Checker.Options(profile: profile, headersOnly: headersOnly, strict: strict, inline: inline),
      parallel: concurrency.parallel, style: output.style)
  }
}

extension Profile: ExpressibleByArgument {}
