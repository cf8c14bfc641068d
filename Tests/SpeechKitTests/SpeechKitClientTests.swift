import Foundation
import Testing

@testable import SpeechKit

@Suite("The client, against a server of the tests' own")
struct SpeechKitClientTests {
  private func request(_ uri: String = "https://storage.example/b/k.wav") throws -> RecognitionRequest {
    try RecognitionRequest(.uri(uri), options: RecognitionOptions())
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
}
