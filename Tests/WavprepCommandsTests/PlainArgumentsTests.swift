import AudioPrep
import Testing

@testable import WavprepCommands

@Suite("Plain arguments of check") struct PlainArgumentsTests {
  @Test(
    "are the usual ones",
    arguments: [
      ["a.wav"], ["-"], ["--headers-only", "--quiet", "a.wav"], ["--headers-only", "--json", "a.wav"],
      ["a.wav", "b.wav", "--strict", "--inline"], ["-q", "calls"], ["-v", "--no-progress", "a.wav", "calls", "-"],
      ["-j", "4", "calls"], ["--parallel", "1", "calls"], ["--profile", "wave", "a.wav"],
      ["--color", "never", "a b.wav"], ["--profile", "wave", "a.wav", "--profile", "speechkit-v3", "a.wav"],
    ])
  func usual(arguments: [String]) throws {
    #expect(try CheckRun(plain: arguments) == CheckCommand.parse(arguments).check)
  }

  @Test(
    "are not wrong usage, help, lists of paths, or another way to write an option",
    arguments: [
      [], [""], ["--quiet"], ["-q", "-v", "a.wav"], ["-qv", "a.wav"], ["--unknown", "a.wav"], ["-x", "a.wav"],
      ["--help"], ["-h", "a.wav"], ["--version"], ["--", "a.wav"], ["a.wav", "--", "-b.wav"], ["--heads", "a.wav"],
      ["-j"], ["a.wav", "-j"], ["-j", "0", "a.wav"], ["-j", "-1", "a.wav"], ["-j", "two", "a.wav"], ["-j4", "a.wav"],
      ["--parallel=4", "a.wav"], ["--profile=wave", "a.wav"], ["--profile", "WAVE", "a.wav"], ["--profile"],
      ["--color", "blue", "a.wav"], ["--quiet=true", "a.wav"], ["--files-from", "list"], ["-0", "a.wav"],
      ["--files-from", "-", "-"], ["--generate-completion-script", "bash"], ["--experimental-dump-help"],
    ])
  func declined(arguments: [String]) {
    #expect(CheckRun(plain: arguments) == nil)
  }

  @Test("give the run that the parser gives, or none, in any order")
  func agreement() {
    var generator = SplitMix(state: 1)
    let pairs = words.flatMap { first in words.map { [first, $0] } }
    let longer = (0..<600).map { _ in (0..<Int.random(in: 3...8, using: &generator)).map { _ in generator.pick() } }
    var plain = 0
    for arguments in pairs + longer {
      guard let run = CheckRun(plain: arguments) else { continue }
      plain += 1
      #expect(run == (try? CheckCommand.parse(arguments).check), "\(arguments)")
    }
    #expect(plain > 100, "too few to say anything")
  }
}

/// Options, values and paths; right and wrong ones come of putting them together.
private let words = [
  "--headers-only", "--strict", "--inline", "--json", "--quiet", "-q", "--verbose", "-v", "--no-progress", "--profile",
  "wave", "speechkit-v3", "--parallel", "-j", "4", "+2", "007", "0", "--color", "always", "auto", "-", "a.wav",
  "help", "a=b", "é.wav", " ", "",
]

/// Steele, Lea and Flood 2014: numbers that are the same on every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of the words; every second one is a path, so that many runs have what they need.
  mutating func pick() -> String {
    Bool.random(using: &self) ? "a.wav" : words[Int.random(in: words.indices, using: &self)]
  }
}
