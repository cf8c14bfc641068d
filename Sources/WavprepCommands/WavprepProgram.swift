import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Wavprep {
  /// Parses the arguments, runs the command, and ends the program.
  public static func runAsProgram() -> Never {
    Interrupt.unblock()
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == CheckCommand.name, let check = CheckRun(plain: arguments.dropFirst()) {
      end(check.run())
    }
    do {
      var command = try command(Array(arguments))
      try command.run()
      exit()
    } catch {
      exit(withError: error)
    }
  }

  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    guard let first = arguments.first else { return try parseAsRoot(arguments) }
    let rest = Array(arguments.dropFirst())
    // A command of this program is parsed by itself: building the tree of all commands takes longer than a check. That
    // it names a super-command saves it from being asked for completion scripts, a quarter of the time of a check.
    // Help and wrong usage need the tree, though, to name the command in full.
    switch first {
    case CheckCommand.name:
      if let command = try? CheckCommand.parse(rest) { return command }
    case NormalizeCommand.name:
      if let command = try? NormalizeCommand.parse(rest) { return command }
    case "help" where !rest.isEmpty:
      // A command of another program tells its own help.
      return try parseAsRoot([rest[0], "--help"])
    case _ where first.hasPrefix("--generate-completion-script"):
      // Only the service's program knows the options of all commands.
      try SiblingProgram.service.become(arguments)
    default: break
    }
    return try parseAsRoot(arguments)
  }
}

/// Ends the program; inside of a command, `exit` is the parser's.
private func end(_ status: Int32) -> Never { exit(status) }
