import ArgumentParser

extension Wavprep {
  /// Parses the arguments, runs the command, and ends the program.
  public static func runAsProgram() -> Never {
    Interrupt.unblock()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try command(arguments)
      try command.run()
      exit()
    } catch {
      exit(withError: error)
    }
  }

  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    guard let first = arguments.first else { return try parseAsRoot(arguments) }
    let rest = Array(arguments.dropFirst())
    // A command of this program is parsed by itself: building the tree of all commands takes longer than a check.
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
