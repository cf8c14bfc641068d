import ArgumentParser
import AudioPrep
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `wavprep check`: is this WAV sound, and will the recogniser take it?
package struct CheckCommand: ParsableCommand {
  /// What the command is called.
  static let name = "check"
  package static let configuration = CommandConfiguration(
    commandName: name,
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
    let console = output.console
    // Nothing is written here, so nothing needs to be cleaned up.
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted) }
    let list = try console.orExit { () throws(FileError) in try input.expand() }
    for error in list.errors { console.error(error.description) }

    let checker = Checker(
      options: Checker.Options(profile: profile, headersOnly: headersOnly, strict: strict, inline: inline))
    let batch = CheckBatch(checker: checker, parallel: concurrency.parallel ?? processorCount())
    var tally = CheckTally(unreadable: list.errors.count)
    batch.run(list.files.map(\.path)) { result in
      switch result {
      case .success(let report):
        tally.add(report.verdict)
        print(report, on: console)
      case .failure(let error):
        tally.unreadable += 1
        console.error(error.description)
      }
    }
    if !output.json, list.files.count > 1 { console.note(tally.summary) }
    try tally.exit()
  }

  private func print(_ report: CheckReport, on console: Console) {
    if output.json {
      console.result(report.json.text)
    } else if !output.quiet || report.verdict == .fail {
      console.result(String(report.text.dropLast()))
    }
  }
}

extension Profile: ExpressibleByArgument {}

/// How many files came out how.
struct CheckTally: Sendable {
  var passed = 0
  var warned = 0
  var failed = 0
  var unreadable = 0

  mutating func add(_ verdict: CheckReport.Verdict) {
    switch verdict {
    case .pass: passed += 1
    case .warn: warned += 1
    case .fail: failed += 1
    }
  }

  var summary: String {
    var parts = ["\(passed) pass", "\(warned) with warnings", "\(failed) fail"]
    if unreadable > 0 { parts.append("\(unreadable) unreadable") }
    return parts.joined(separator: ", ")
  }

  func exit() throws {
    if failed > 0 { throw ExitCode(ExitStatus.someFailed) }
    if unreadable > 0 { throw ExitCode(ExitStatus.couldNotRun) }
  }
}

extension Console {
  /// The result of `work`; prints what it fails with and ends the program with code 2.
  package func orExit<Value>(_ work: () throws(FileError) -> Value) throws -> Value {
    do throws(FileError) {
      return try work()
    } catch {
      self.error(error.description)
      throw ExitCode(ExitStatus.couldNotRun)
    }
  }
}
