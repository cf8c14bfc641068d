import Foundation

/// CMU PocketSphinx with the English model, as Debian's `pocketsphinx` and `pocketsphinx-en-us` install them.
struct PocketSphinx: Recogniser {
  private let program: String
  private let model: String

  /// Finds the program on PATH and the model in its place; nil where either is not installed.
  static func find(
    path: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
    model: String = "/usr/share/pocketsphinx/model/en-us"
  ) -> PocketSphinx? {
    let places = path.split(separator: ":").map { "\($0)/pocketsphinx_continuous" }
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }),
      FileManager.default.fileExists(atPath: model + "/en-us/mdef")
    else { return nil }
    return PocketSphinx(program: program, model: model)
  }

  func utterances(in samples: String, stretches: [SoundStretch]) async throws -> [Utterance] {
    guard !stretches.isEmpty else { return [] }
    let output = samples + ".words"
    defer { try? FileManager.default.removeItem(atPath: output) }
    // A file that is not called .wav is taken for samples at the model's rate.
    try await run(
      program,
      [
        "-hmm", model + "/en-us", "-lm", model + "/en-us.lm.bin", "-dict", model + "/cmudict-en-us.dict",
        "-infile", samples, "-time", "yes", "-logfn", "/dev/null",
      ], output: output)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    return Self.utterances(text)
  }

  /// Reads the program's output: for each utterance a line with its text, then a line for each word with the word,
  /// its first and last second and a probability. Fillers like `<sil>` and `[NOISE]` are listed as words.
  static func utterances(_ output: String) -> [Utterance] {
    var utterances: [Utterance] = []
    var words: [Word] = []
    func finish() {
      if let first = words.first, let last = words.last {
        utterances.append(Utterance(words: words, start: first.start, end: last.end))
      }
      words = []
    }
    for line in output.split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count == 4, let start = Double(fields[1]), let end = Double(fields[2]), Double(fields[3]) != nil {
        if let word = Self.word(fields[0]) {
          words.append(Word(text: word, start: Int((start * 1000).rounded()), end: Int((end * 1000).rounded())))
        }
      } else {
        finish()
      }
    }
    finish()
    return utterances
  }

  /// A word without the number of its pronunciation, as in `hello(2)`; nil for a filler.
  private static func word(_ text: Substring) -> String? {
    guard let first = text.first, first.isLetter || first == "'" else { return nil }
    return String(text.prefix { $0 != "(" })
  }
}
