import ArgumentParser
import Dispatch
import Foundation
import Sandbox

/// The sandbox as a program: starts it, prints the variables that point wavprep at it, and waits to be stopped.
@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavprep-sandbox",
    abstract: "A local stand-in for SpeechKit, its storage and IAM, on 127.0.0.1.",
    discussion: """
      Prints the variables that point wavprep at it: eval "$(wavprep sandbox &)" in a shell, or copy them. Speech is \
      recognised where Debian's pocketsphinx and pocketsphinx-en-us are installed (English); without them utterances \
      have no words.
      """)

  @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
  var port: UInt16 = 8045

  @Option(
    help: ArgumentHelp("Keep objects and operations here (default: a folder that goes with it).", valueName: "dir"))
  var state: String?

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp(
      """
      Misbehave in this share of requests, as http-500:0.1; repeatable. Of reset-before, reset-after, timeout, \
      http-500, http-503, http-429, truncate-results, slow.
      """, valueName: "kind:rate"))
  var faults: [FaultRule] = []

  @Option(help: "Chooses which requests meet the faults; the same seed, the same choice.")
  var seed: UInt64 = 1

  @Flag(help: "Recognise nothing: utterances without words.")
  var noSpeech = false

  @Flag(help: .hidden)
  var forRun = false

  func run() async throws {
    // Replies to clients that went away must not end the program.
    signal(SIGPIPE, SIG_IGN)
    let sandbox: Sandbox
    do {
      sandbox = try await Sandbox.start(
        Sandbox.Configuration(
          port: port, stateDirectory: state, faults: faults, seed: seed, speech: noSpeech ? .silence : .automatic))
    } catch {
      FileHandle.standardError.write(Data("wavprep-sandbox: \(error)\n".utf8))
      throw ExitCode(2)
    }
    announce(sandbox)
    await waitForEnd()
    await sandbox.stop()
  }

  /// Prints the variables: for a shell, or for the program that started this one for a run of its own.
  private func announce(_ sandbox: Sandbox) {
    var text = ""
    for (name, value) in sandbox.environment {
      let quoted = value.replacingOccurrences(of: "'", with: "'\\''")
      text += forRun ? "\(name)=\(value)\0" : "export \(name)='\(quoted)'\n"
    }
    if forRun { text += "\0" }
    FileHandle.standardOutput.write(Data(text.utf8))
    if !forRun {
      let speech = sandbox.recognisesSpeech ? "PocketSphinx" : "nothing (install pocketsphinx pocketsphinx-en-us)"
      let note = "Listening on http://127.0.0.1:\(sandbox.port), recognising with \(speech); Ctrl-C ends it.\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
  }

  /// Returns at SIGINT or SIGTERM; for a run, when the program that started this one closes standard input.
  private func waitForEnd() async {
    let ends = AsyncStream<Void> { stream in
      nonisolated(unsafe) var sources: [any DispatchSourceProtocol] = []
      for number in [SIGINT, SIGTERM] {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { stream.finish() }
        source.resume()
        sources.append(source)
      }
      if forRun {
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        source.setEventHandler { stream.finish() }
        source.resume()
        sources.append(source)
      }
      stream.onTermination = { _ in sources.removeAll() }
    }
    for await _ in ends {}
  }
}

extension FaultRule: ExpressibleByArgument {
  /// Reads the value of `--fault`.
  public init?(argument: String) { self.init(argument) }
}
