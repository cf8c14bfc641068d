import ArgumentParser

/// A command that a sibling program carries out, whatever its options: here it has its name and its abstract only.
package protocol ForwardedCommand: ParsableCommand {
  /// The program.
  static var program: SiblingProgram { get }
  /// Everything after the command's name.
  var arguments: [String] { get }
}

extension ForwardedCommand {
  package static var program: SiblingProgram { .service }

  package func run() throws {
    let name = Self.configuration.commandName ?? ""
    try Self.program.become(Self.program == .service ? [name] + arguments : arguments)
  }
}

/// What `wavprep --help` says of the commands that `wavprep-service` carries out.
package enum ServiceAbstract {
  package static let send = "Submit checked files, or the address of an object, as they are."
  package static let normalizeAndSend =
    "Check and normalize recordings, have them recognised, and write the transcripts."
  package static let status = "Say how far operations are."
  package static let wait = "Wait until operations are done; wavprep result then gets their transcripts."
  package static let result = "Get the transcripts of operations that are done."
  package static let cancel = "Cancel operations that are not done."
  package static let delete = "Delete operations' results from the service, before their three days are over."
}

struct ForwardedSend: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "send", abstract: ServiceAbstract.send)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedNormalizeAndSend: ForwardedCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize-and-send", abstract: ServiceAbstract.normalizeAndSend)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedStatus: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: ServiceAbstract.status)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedWait: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "wait", abstract: ServiceAbstract.wait)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedResult: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "result", abstract: ServiceAbstract.result)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedCancel: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "cancel", abstract: ServiceAbstract.cancel)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct ForwardedDelete: ForwardedCommand {
  static let configuration = CommandConfiguration(commandName: "delete", abstract: ServiceAbstract.delete)

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

/// `wavprep sandbox`: the server and its libraries.
package struct SandboxCommand: ForwardedCommand {
  package static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run a local stand-in for the service and its storage (wavprep sandbox --help tells more).")
  package static let program = SiblingProgram.sandbox

  @Argument(parsing: .captureForPassthrough, help: "Options of wavprep-sandbox.") package var arguments: [String] = []

  package init() {}
}
