import Foundation
import Testing

@testable import SpeechKit

@Suite("The client, against a server of the tests' own")
struct SpeechKitClientTests {
  private func request(_ options: RecognitionOptions = RecognitionOptions()) throws -> RecognitionRequest {
    try RecognitionRequest(.uri("https://storage.example/b/k.wav"), options: options)
  }

  @Test("submits, asks until it is done, fetches, deletes")
  func wholeWay() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection())
    let operation = try await client.submit(try request())
    #expect(operation.id == "op 1/я")
    #expect(operation.state == .running)
    let done = try await client.wait(for: operation.id, schedule: PollSchedule(firstDelay: 0.01, longestDelay: 0.05))
    #expect(done.state == .succeeded)
    let result = try await client.results(operation.id)
    #expect(Transcript(result, model: "general").text == "Раз, два.")
    try await client.delete(operation.id)

    let log = try server.log()
    #expect(log.map(\.method) == ["POST", "GET", "GET", "GET", "GET", "DELETE"])
    #expect(log.last?.path == "/stt/v3/deleteRecognition?operation_id=op%201%2F%D1%8F")
    let submit = try #require(log.first)
    #expect(submit.headers["authorization"] == "Api-Key good")
    #expect(submit.headers["x-folder-id"] == nil)
    #expect(submit.headers["x-data-logging-enabled"] == nil)
    #expect(submit.headers["x-client-request-id"]?.count == 36)
    #expect(submit.body?.contains("\"uri\":\"https://storage.example/b/k.wav\"") == true)
  }

  @Test("folder and consent to logging travel as headers when asked for")
  func headers() async throws {
    let server = try StandIn()
    var options = RecognitionOptions()
    options.folderID = "b1gfolder"
    options.dataLogging = true
    _ = try await SpeechKitClient(try server.connection()).submit(try request(options))
    let submit = try #require(try server.log().first)
    #expect(submit.headers["x-folder-id"] == "b1gfolder")
    #expect(submit.headers["x-data-logging-enabled"] == "true")
  }

  @Test(
    "a file inside the request arrives as it is, whatever its length", arguments: [0, 1, 2, 3, 4, 100_000, 3_000_001])
  func inline(count: Int) async throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 131 ^ $0 >> 8) }
    let file = try SourceFile(path: try folder.write(bytes, to: "a.wav"))
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection())
    _ = try await client.submit(try RecognitionRequest(.content(file), options: RecognitionOptions()))
    let expected = try Tool.python(
      "import sys, hashlib; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest(), end='')", input: bytes)
    #expect(try server.log().first?.content == expected)
  }

  @Test(
    "a submit that may have arrived is never sent again, and its fate is unknown",
    arguments: [
      "reset", "close", "silent", "short", "large", "headers", "garbage", "status=500", "status=502", "status=504",
      "status=520", "status=408",
    ])
  func unknown(fault: String) async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection(fault: fault, stall: 1))
    await #expect {
      try await client.submit(try request())
    } throws: { error in
      guard case .unknown(let cause) = error as? SubmissionError else { return false }
      return cause.description.contains("127.0.0.1") && !cause.message.isEmpty && !"\(error)".contains("good")
    }
    #expect(try server.log().count == 1)
  }

  @Test("a kept connection that closes on a submit does not make libcurl send it again")
  func keptConnection() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection(fault: "close-post"))
    _ = try await client.operation("warm up")
    await #expect(throws: SubmissionError.self) { try await client.submit(try request()) }
    #expect(try server.log().map(\.method) == ["GET", "POST"])
  }

  @Test("a submit that was turned away is sent again", arguments: ["once=429", "once=503"])
  func turnedAway(fault: String) async throws {
    let server = try StandIn()
    let operation = try await SpeechKitClient(try server.connection(fault: fault)).submit(try request())
    #expect(operation.id == "op 1/я")
    let log = try server.log()
    #expect(log.count == 2)
    #expect(Set(log.compactMap { $0.headers["x-client-request-id"] }).count == 2)
  }

  @Test(
    "a submit that was refused says why and what to do, and is not sent again",
    arguments: [
      ("status=400", ServiceError.Kind.invalidArgument, "it broke"), ("status=401", .unauthenticated, "YC_API_KEY"),
      ("status=403", .permissionDenied, "ai.speechkit-stt.user"), ("status=404", .notFound, "it broke"),
      ("status=501", .unimplemented, "it broke"), ("redirect", .redirect, "http://127.0.0.1:1/elsewhere"),
    ])
  func refused(fault: String, kind: ServiceError.Kind, words: String) async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection(fault: fault))
    await #expect {
      try await client.submit(try request())
    } throws: { error in
      guard case .refused(let cause) = error as? SubmissionError else { return false }
      return cause.kind == kind && cause.description.contains(words)
        && cause.description.contains("stand-in-request") && !cause.description.contains("Api-Key")
    }
    #expect(try server.log().count == 1)
  }

  @Test("an error under a success's status counts by its code")
  func errorAsSuccess() async throws {
    let server = try StandIn()
    await #expect {
      try await SpeechKitClient(try server.connection(fault: "in-band")).submit(try request())
    } throws: { error in
      guard case .refused(let cause) = error as? SubmissionError else { return false }
      return cause.kind == .invalidArgument && cause.message == "no such model"
    }
  }

  @Test("a server that cannot be reached gets nothing, and the error names it")
  func unreachable() async throws {
    let endpoint = try Endpoint("http://127.0.0.1:1")
    let connection = Connection(
      endpoints: Endpoints(speech: endpoint, operation: endpoint, storage: endpoint, iam: endpoint),
      credentials: Credentials(speech: .apiKey(Secret("good"), origin: "YC_API_KEY"), storage: nil),
      retry: RetryPolicy(attempts: 2, firstDelay: 0.01))
    await #expect {
      try await SpeechKitClient(connection).submit(try request())
    } throws: { error in
      guard case .refused(let cause) = error as? SubmissionError else { return false }
      return cause.kind == .unreachable && cause.description.contains("http://127.0.0.1:1")
    }
  }

  @Test(
    "a read that failed is made again",
    arguments: ["once=429", "once=500", "once=502", "once=503", "once=504", "cut"])
  func readAgain(fault: String) async throws {
    let server = try StandIn()
    let result = try await SpeechKitClient(try server.connection(fault: fault)).results("op 1/я")
    #expect(result.objects.count == 2)
    #expect(try server.log().count == 2)
  }

  @Test("an error after good objects is an error, with the service's words")
  func lateError() async throws {
    let server = try StandIn()
    await #expect {
      try await SpeechKitClient(try server.connection(fault: "late-error")).results("op 1/я")
    } throws: { error in
      (error as? ServiceError)?.kind == .internalError && "\(error)".contains("lost the rest")
    }
  }

  @Test("results that are not there say that they are not ready or gone")
  func notFound() async throws {
    let server = try StandIn()
    await #expect {
      try await SpeechKitClient(try server.connection()).results("other")
    } throws: { error in
      (error as? ServiceError)?.kind == .notFound && "\(error)".contains("three days")
    }
  }

  @Test("a failed or cancelled operation is failed, whatever `done` says")
  func failed() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection())
    #expect(try await client.operation("failed").state == .failed(code: "3", message: "the audio is no audio"))
    #expect(try await client.cancel("x").state == .failed(code: "1", message: "cancelled"))
    #expect(try server.log().last?.path == "/operations/x:cancel")
  }

  @Test("cancelling the task ends a request at once, and tells whether it may have arrived")
  func cancellation() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection(fault: "silent", stall: 60))
    let recognition = try request()
    let submit = Task { try await client.submit(recognition) }
    while try server.log().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    submit.cancel()
    await #expect {
      try await submit.value
    } throws: { error in
      guard case .unknown(let cause) = error as? SubmissionError else { return false }
      return cause.kind == .cancelled
    }
    let early = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await client.submit(recognition)
    }
    early.cancel()
    await #expect {
      try await early.value
    } throws: { error in
      guard case .refused(let cause) = error as? SubmissionError else { return false }
      return cause.kind == .cancelled
    }
  }

  @Test("waiting outlives an outage of the operation service")
  func outage() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection(fault: "outage", attempts: 2))
    let schedule = PollSchedule(firstDelay: 0.01, longestDelay: 0.05)
    #expect(try await client.wait(for: "a", schedule: schedule).state == .succeeded)
    #expect(try server.log().count == 6)
  }

  @Test(
    "Retry-After is read as seconds or as a date, and obeyed for ten minutes at most",
    arguments: [
      ("5", 5), ("0.5", 0.5), ("-3", 0), ("86400", 600), ("Sun, 06 Nov 1994 08:49:37 GMT", 7),
      ("Sun, 06 Nov 1994 08:49:00 GMT", 0), ("Tue, 29 Feb 2028 00:00:00 GMT", 600), ("soon", nil), ("nan", nil),
      ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
    ] as [(String, Double?)])
  func retryAfter(value: String, expected: Double?) {
    // date --utc -d 'Sun, 06 Nov 1994 08:49:30' +%s
    #expect(RetryAfter.seconds(value, now: 784_111_770) == expected)
  }

  @Test(
    "dates are read as the date command reads them",
    arguments: [
      "Thu, 01 Jan 1970 00:00:09 GMT", "Tue, 29 Feb 2028 12:00:00 GMT", "Wed, 01 Mar 2028 00:00:01 GMT",
      "Mon, 01 Mar 2100 00:00:00 GMT", "Fri, 31 Dec 2027 23:59:59 GMT", "Sat, 01 Jan 2028 00:00:00 GMT",
    ])
  func dates(text: String) throws {
    let seconds = try Tool.run(["date", "--utc", "--date", text, "+%s"])
    let expected = try #require(Int(String(decoding: seconds, as: UTF8.self).trimmed))
    #expect(RetryAfter.seconds(text, now: expected - 5) == 5)
  }

  @Test("waiting ends after its time with the command to come back")
  func timeout() async throws {
    let server = try StandIn()
    let client = SpeechKitClient(try server.connection())
    await #expect {
      try await client.wait(for: "a", schedule: PollSchedule(firstDelay: 0.3, longestDelay: 1), timeout: 0.4)
    } throws: { error in
      (error as? ServiceError)?.kind == .timedOut && "\(error)".contains("wavprep wait a")
    }
  }

  @Test("a certificate that nobody signed is refused, unless its authority is given")
  func certificates() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "server.pem").path
    let key = folder.url.appending(path: "key.pem").path
    _ = try Tool.run([
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost", "-keyout", key, "-out", path,
    ])
    let both = try folder.write(
      Array(try Data(contentsOf: URL(filePath: path)) + Data(contentsOf: URL(filePath: key))), to: "both.pem")
    let server = try StandIn(certificate: both)
    let endpoint = try Endpoint("https://localhost:\(server.port)")
    func client(_ authority: String?) -> SpeechKitClient {
      SpeechKitClient(
        Connection(
          endpoints: Endpoints(speech: endpoint, operation: endpoint, storage: endpoint, iam: endpoint),
          credentials: Credentials(speech: .apiKey(Secret("good"), origin: "YC_API_KEY"), storage: nil),
          authorityFile: authority, retry: RetryPolicy(attempts: 1)))
    }
    #expect(try await client(path).submit(try request()).id == "op 1/я")
    for authority in [nil, "/nonexistent.pem"] {
      await #expect {
        try await client(authority).submit(try request())
      } throws: { error in
        guard case .refused(let cause) = error as? SubmissionError else { return false }
        return cause.kind == .unreachable && cause.message.lowercased().contains("certificate")
      }
    }
  }
}
