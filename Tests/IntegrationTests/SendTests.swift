import Foundation
import Testing

@Suite("wavprep normalize-and-send")
struct SendTests {
  @Test("a recording comes back as the sentences that were said in it, at most one word wrong")
  func mainJob() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.wavprep([
      "normalize-and-send", Program.fixture("speech/meeting-16k.wav"), "--sandbox", "--output-dir", scratch.path,
      "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try #require(try outcome.jsonLines().first)
    #expect(Set(report.keys) == ["path", "state", "operationId", "uri", "transcripts", "billing", "error"])
    #expect(report["state"] as? String == "done")
    let said = words(try String(contentsOfFile: Program.fixture("speech/meeting-16k.txt"), encoding: .utf8))
    let heard = words(try scratch.text("meeting-16k.txt"))
    #expect(editDistance(said, heard) <= 1, "\(heard)")
  }

  @Test("a stereo call's subtitles name both channels, in order of time")
  func subtitles() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.wavprep([
      "normalize-and-send", Program.fixture("speech/call-48k-24bit-stereo.wav"), "--sandbox", "--output-dir",
      scratch.path, "--formats", "srt",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let srt = try scratch.text("call-48k-24bit-stereo.srt")
    #expect(srt.contains("[0] ") && srt.contains("[1] "))
    let starts = srt.split(separator: "\n").filter { $0.contains(" --> ") }
    #expect(starts.count >= 3)
    #expect(starts == starts.sorted())
  }

  @Test("of five recordings, one beyond use: four transcripts, one clear error, exit 1")
  func oneBadFile() async throws {
    let scratch = try Scratch()
    let inputs = scratch.url.appending(path: "записи")
    try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
    let speech = [
      "meeting-16k.wav", "call-48k-24bit-stereo.wav", "voicemail-8k-mulaw.wav", "note-44k1-float-extensible.wav",
    ]
    for name in speech { _ = try scratch.copy("speech/" + name, as: "записи/" + name) }
    _ = try scratch.copy("damaged/data-missing.wav", as: "записи/broken.wav")
    let outcome = try await Program.wavprep(
      ["normalize-and-send", inputs.path, "--sandbox", "--formats", "txt"])
    #expect(outcome.status == 1)
    let transcripts = try FileManager.default.contentsOfDirectory(atPath: inputs.path).filter { $0.hasSuffix(".txt") }
    #expect(transcripts.count == 4)
    #expect(
      outcome.errors.split(separator: "\n").filter { $0.contains("failed") && $0.contains("broken.wav") }.count == 1)
  }

  @Test("through a bucket, with a static key and an object of any name, before a judge that is not ours")
  func bucket() async throws {
    let service = try StandIn()
    let scratch = try Scratch()
    let path = try scratch.copy("speech/call-48k-24bit-stereo.wav", as: "звонок №1 +.wav")
    let outcome = try await Program.wavprep(
      ["normalize-and-send", path, "--bucket", "voice", "--formats", "txt,json"], environment: service.environment())
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scratch.text("звонок №1 +.txt") == "Раз, два.\n")
    let requests = try service.requests()
    let object = "%D0%B7%D0%B2%D0%BE%D0%BD%D0%BE%D0%BA%20%E2%84%961%20%2B.wav"
    let uploads = requests.filter { $0.hasPrefix("PUT /voice/wavprep/") && $0.hasSuffix("/" + object) }
    #expect(uploads.count == 1)
    #expect(requests.filter { $0.hasPrefix("POST /stt/v3/recognizeFileAsync") }.count == 1)
    #expect(requests.filter { $0.hasPrefix("DELETE /voice/") }.count == 1)
  }

  @Test("a submit that got no answer is unknown, and is not sent again")
  func unknownFate() async throws {
    let service = try StandIn()
    let scratch = try Scratch()
    let path = try scratch.copy("speech/meeting-16k.wav", as: "a.wav")
    let outcome = try await Program.wavprep(
      ["normalize-and-send", path, "--inline", "--json"], environment: service.environment(fault: "reset"))
    #expect(outcome.status == 2)
    #expect(try outcome.jsonLines().first?["state"] as? String == "unknown")
    #expect(try service.requests().filter { $0.contains("recognizeFileAsync") }.count == 1)
  }

  @Test("without credentials nothing starts, and the message names the variables")
  func noCredentials() async throws {
    let outcome = try await Program.wavprep(["normalize-and-send", Program.fixture("speech/meeting-16k.wav")])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("YC_API_KEY"))
    #expect(outcome.errors.contains("YC_IAM_TOKEN"))
  }

  @Test("an endpoint that nobody answers at is named")
  func unreachable() async throws {
    let outcome = try await Program.wavprep(
      ["status", "some-operation"],
      environment: ["WAVPREP_OPERATION_ENDPOINT": "http://127.0.0.1:1", "YC_API_KEY": "topsecretkey"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("127.0.0.1:1"))
    #expect(!outcome.errors.contains("topsecretkey"))
  }

  @Test("plain http is for this machine only")
  func plainHTTP() async throws {
    let outcome = try await Program.wavprep(
      ["status", "x", "--operation-endpoint", "http://example.org"], environment: ["YC_API_KEY": "k"])
    #expect(outcome.status == 64)
  }

  @Test("a dry run prints the plan, the request and the cost, and touches no network")
  func dryRun() async throws {
    let outcome = try await Program.wavprep(
      [
        "normalize-and-send", "--dry-run", "--json", "--bucket", "voice",
        Program.fixture("speech/call-48k-24bit-stereo.wav"),
      ], environment: ["WAVPREP_STORAGE_ENDPOINT": "http://127.0.0.1:1", "WAVPREP_ENDPOINT": "http://127.0.0.1:1"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let plan = try #require(try outcome.jsonLines().first)
    #expect((plan["billing"] as? [String: Any])?["seconds"] as? Int == 15)
    let request = try #require(plan["request"] as? [String: Any])
    #expect((request["uri"] as? String)?.hasPrefix("http://127.0.0.1:1/voice/wavprep/") == true)
  }

  @Test("send refuses a file that fails its check, before any request")
  func sendRefuses() async throws {
    let service = try StandIn()
    let outcome = try await Program.wavprep(
      ["send", Program.fixture("speech/voicemail-8k-mulaw.wav"), "--inline"], environment: service.environment())
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("encoding-unsupported"))
    #expect(try service.requests().isEmpty)
  }

  @Test("an operation's whole life from the command line")
  func operations() async throws {
    let service = try StandIn()
    let environment = service.environment()
    let sent = try await Program.wavprep(
      ["send", Program.fixture("speech/meeting-16k.wav"), "--inline", "--json"], environment: environment)
    #expect(sent.status == 0, "\(sent.errors)")
    let id = try #require(try sent.jsonLines().first?["operationId"] as? String)
    #expect(try await Program.wavprep(["status", id], environment: environment).output.contains("running"))
    #expect(try await Program.wavprep(["wait", id], environment: environment).output.contains("done"))
    #expect(try await Program.wavprep(["result", id], environment: environment).output == "Раз, два.\n")
    #expect(try await Program.wavprep(["delete", id], environment: environment).status == 0)
    #expect(try await Program.wavprep(["cancel", id], environment: environment).status == 1)
    let raw = try await Program.wavprep(["result", id, "--formats", "raw"], environment: environment)
    #expect(try raw.jsonLines().count == 2)
  }

  @Test("a full TMPDIR is an error that names it, for a file and for a pipe, and nothing stays in it")
  func fullTemporaryFolder() async throws {
    let scratch = try Scratch()
    let long = scratch.file("long.wav")
    let call = Program.fixture("speech/call-48k-24bit-stereo.wav")
    #expect(try await Program.tool(["sox", call, long, "repeat", "9"]).status == 0)
    let small = scratch.file("small")
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    // A file system of 64 KB in a mount namespace of its own.
    let script = """
      mount -t tmpfs -o size=64k tmpfs "$1" && export TMPDIR=$1 YC_API_KEY=k
      cat "$2" | "$3" normalize-and-send "$4" --inline --endpoint http://127.0.0.1:1; status=$?
      ls -A "$1"; exit $status
      """
    let wavprep = Program.folder.appending(path: "wavprep").path
    for input in [long, "-"] {
      let outcome = try await Program.tool([
        "unshare", "--mount", "--map-root-user", "bash", "-c", script, "bash", small, long, wavprep, input,
      ])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("No space left"))
      #expect(outcome.errors.contains(small) && outcome.errors.contains("TMPDIR"), "\(outcome.errors)")
      // That is where transcripts go.
      #expect(!outcome.errors.contains("--output-dir"))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("a TMPDIR that is not there is an error that names it")
  func noTemporaryFolder() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.wavprep(
      ["normalize-and-send", Program.fixture("speech/meeting-16k.wav"), "--inline"],
      environment: ["TMPDIR": scratch.file("nowhere"), "YC_API_KEY": "k"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(scratch.file("nowhere")) && outcome.errors.contains("TMPDIR"))
  }

  @Test("Ctrl-C exits with 130, leaves no partial file, and prints the ids of what was accepted")
  func interrupted() async throws {
    let service = try StandIn()
    let scratch = try Scratch()
    let path = try scratch.copy("speech/meeting-16k.wav", as: "a.wav")
    // The operation is never done, so that the signal comes while it is waited for.
    let endless = ["WAVPREP_OPERATION_ENDPOINT": "http://127.0.0.1:\(service.port)/fault-running"]
    let process = Program.process(
      Program.folder.appending(path: "wavprep").path, ["normalize-and-send", path, "--inline", "--json"],
      environment: service.environment().merging(endless) { _, new in new })
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let deadline = ContinuousClock.now + .seconds(120)
    while try !service.requests().contains(where: { $0.contains("recognizeFileAsync") }), .now < deadline {
      try await Task.sleep(for: .milliseconds(50))
    }
    try await Task.sleep(for: .milliseconds(100))
    process.interrupt()
    let outcome = try Program.finish(process, output, errors)
    #expect(outcome.status == 130)
    #expect(try outcome.jsonLines().first?["operationId"] as? String == "op 1/я")
    #expect(try scratch.names() == ["a.wav"])
  }
}

/// The words of a text in lower case, without punctuation and channel names.
private func words(_ text: String) -> [String] {
  text.lowercased().split { !$0.isLetter }.map(String.init)
}

/// How many words have to be put in, taken out or exchanged to make one list of the other (Levenshtein).
private func editDistance(_ left: [String], _ right: [String]) -> Int {
  var row = Array(0...right.count)
  for (index, word) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (column, other) in right.enumerated() {
      let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (word == other ? 0 : 1))
      diagonal = row[column + 1]
      row[column + 1] = cost
    }
  }
  return row[right.count]
}
