import ArgumentParser

/// What every command prints, and how.
package struct OutputOptions: ParsableArguments {
  /// When to colour the text.
  enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Flag(help: "Print one JSON object a line on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is done.")
  var verbose = false

  @Flag(help: "Show no progress bar.")
  var noProgress = false

  @Option(help: "Colour the text: auto, always or never.")
  var color = ColorMode.auto

  package init() {}

  package func validate() throws {
    if quiet && verbose {
      throw ValidationError("--quiet and --verbose exclude each other")
    }
  }

  /// The streams as these options want them.
  package var console: Console { Console(options: self) }
}
