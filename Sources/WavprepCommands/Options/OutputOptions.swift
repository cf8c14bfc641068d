import ArgumentParser
import AudioPrep

/// What every command prints, and how.
package struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object a line on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is done.")
  var verbose = false

  @Flag(help: "Show no progress bar.")
  var noProgress = false

  @Option(help: "Colour the text: auto, always or never.")
  var color = Console.ColorMode.auto

  package init() {}

  package func validate() throws {
    if quiet && verbose {
      throw ValidationError("--quiet and --verbose exclude each other")
    }
  }

  /// What these options ask for.
  var style: Console.Style {
    Console.Style(isJSON: json, isQuiet: quiet, isVerbose: verbose, hidesProgress: noProgress, color: color)
  }

  /// The streams as these options want them.
  package var console: Console { Console(style) }
}

extension Console.ColorMode: ExpressibleByArgument {}

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
