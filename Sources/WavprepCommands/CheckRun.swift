import AudioPrep

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run of `wavprep check` does, however its options were read.
struct CheckRun: Equatable, Sendable {
  /// What is checked.
  var input = PathSelection()
  /// What it is checked for.
  var options = Checker.Options()
  /// Files at once, 1 or more; as many as there are processors when nil.
  var parallel: Int?
  /// How the reports are printed.
  var style = Console.Style()

  /// Checks the files and prints the reports.
  ///
  /// - Returns: the program's exit code, one of ``ExitStatus``.
  func run() -> Int32 {
    let console = Console(style)
    // Nothing is written here, so nothing needs to be cleaned up.
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted) }
    do throws(FileError) {
      return check(try input.expand(), on: console).status
    } catch {
      console.error(error.description)
      return ExitStatus.couldNotRun
    }
  }

  private func check(_ list: InputList, on console: Console) -> CheckTally {
    for error in list.errors { console.error(error.description) }
    let batch = CheckBatch(checker: Checker(options: options), parallel: parallel)
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
    if !style.isJSON, list.files.count > 1 { console.note(tally.summary) }
    return tally
  }

  private func print(_ report: CheckReport, on console: Console) {
    if style.isJSON {
      console.result(report.json.text)
    } else if !style.isQuiet || report.verdict == .fail {
      console.result(String(report.text.dropLast()))
    }
  }
}

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

  /// The program's exit code.
  var status: Int32 {
    if failed > 0 { return ExitStatus.someFailed }
    return unreadable > 0 ? ExitStatus.couldNotRun : ExitStatus.success
  }
}
