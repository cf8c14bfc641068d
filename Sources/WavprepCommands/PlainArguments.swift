import AudioPrep

extension CheckRun {
  /// The run that plain arguments of `check` ask for, read without swift-argument-parser: the options' long and short
  /// names, their values in arguments of their own, and paths.
  ///
  /// The parser builds types at run time and looks through all the program's conformances for them, which takes
  /// longer than a check of headers: 1.8 ms of the 3.3 ms that the program lasts with it. Whatever is not plain, wrong
  /// usage above all, stays the parser's: this gives the run that it would give, only sooner.
  ///
  /// - Parameter arguments: what follows `check` on the command line.
  /// - Returns: nil where the parser has to look.
  init?(plain arguments: some Collection<String>) {
    self.init()
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      switch argument {
      case "--headers-only": options.headersOnly = true
      case "--strict": options.strict = true
      case "--inline": options.inline = true
      case "--json": style.isJSON = true
      case "--quiet", "-q": style.isQuiet = true
      case "--verbose", "-v": style.isVerbose = true
      case "--no-progress": style.hidesProgress = true
      case "--profile":
        guard let profile = rest.next().flatMap(Profile.init(rawValue:)) else { return nil }
        options.profile = profile
      case "--parallel", "-j":
        guard let count = rest.next().flatMap({ Int($0) }), count >= 1 else { return nil }
        parallel = count
      case "--color":
        guard let color = rest.next().flatMap(Console.ColorMode.init(rawValue:)) else { return nil }
        style.color = color
      case "-": input.paths.append(argument)
      default:
        guard !argument.isEmpty, !argument.hasPrefix("-") else { return nil }
        input.paths.append(argument)
      }
    }
    guard !input.paths.isEmpty, !(style.isQuiet && style.isVerbose) else { return nil }
  }
}
