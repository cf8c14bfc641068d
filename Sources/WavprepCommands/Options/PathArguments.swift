import ArgumentParser
import AudioPrep

/// The files a command works on.
package struct PathArguments: ParsableArguments {
  @Argument(help: "WAV files, folders to search for them, or - for standard input.", completion: .file())
  package var paths: [String] = []

  @Option(help: "Read more paths from this file, one a line; - for standard input.", completion: .file())
  package var filesFrom: String?

  @Flag(name: .customShort("0"), help: "The paths of --files-from end in NUL, not in a line break.")
  var nulTerminated = false

  package init() {}

  package func validate() throws {
    if paths.isEmpty && filesFrom == nil {
      throw ValidationError("no input: give a file, a folder, - or --files-from")
    }
    if nulTerminated && filesFrom == nil {
      throw ValidationError("-0 goes with --files-from")
    }
    if paths.contains("-") && filesFrom == "-" {
      throw ValidationError("standard input cannot be both audio and the list of --files-from")
    }
  }

  /// What these arguments ask for.
  var selection: PathSelection {
    PathSelection(paths: paths, filesFrom: filesFrom, nulTerminated: nulTerminated)
  }

  /// The files to work on, folders searched, and what could not be searched.
  package func expand() throws(FileError) -> InputList { try selection.expand() }
}

/// How many files are worked on at once.
package struct ParallelOption: ParsableArguments {
  @Option(name: [.customShort("j"), .long], help: "Files at once (default: all cores).")
  package var parallel: Int?

  package init() {}

  package func validate() throws {
    if let parallel, parallel < 1 {
      throw ValidationError("--parallel takes a number from 1 on, not \(parallel)")
    }
  }
}
