import ArgumentParser
import AudioPrep

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `wavprep sandbox`: becomes the program `wavprep-sandbox`, which has the server and its libraries.
struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run a local stand-in for the service and its storage (wavprep sandbox --help tells more).")

  @Argument(parsing: .captureForPassthrough, help: "Options of wavprep-sandbox.")
  var arguments: [String] = []

  func run() throws {
    let console = try OutputOptions.parse([]).console
    let program = try console.orExit { () throws(FileError) in try SandboxProcess.program() }
    _ = withArguments([program] + arguments) { execv(program, $0) }
    console.error(FileError(program, "cannot start the sandbox", errno: errno).description)
    throw ExitCode(ExitStatus.couldNotRun)
  }
}
