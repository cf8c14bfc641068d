import Foundation
import Testing

@testable import Sandbox

/// Submits a request; the operation's id.
func submit(_ body: String, _ sandbox: Sandbox) async throws -> String {
  let reply = try await curl(sandbox, "POST", "/stt/v3/recognizeFileAsync", body: body)
  try #require(reply.status == 200, "\(reply.body)")
  #expect(reply.json["done"] == .bool(false))
  return try #require(reply.json["id"]?.text)
}

/// Uploads a file by boto3 and submits its address, with a signature in the query, as a presigned one has.
func submitFile(_ path: String, _ sandbox: Sandbox, more: String = "") async throws -> String {
  struct Upload: Decodable { var uri: String }
  let uploads: [Upload] = try await client("storage", ["upload", "звонок №1 +.wav", path], sandbox: sandbox)
  let uri = try #require(uploads.first?.uri) + "?X-Amz-Signature=0123"
  return try await submit(Request.wav(audio: #""uri": "\#(uri)""#, more: more), sandbox)
}

/// Polls until an operation is done; the operation.
func finished(_ id: String, _ sandbox: Sandbox) async throws -> JSON {
  for _ in 0..<600 {
    let reply = try await curl(sandbox, "GET", "/operations/\(id)")
    try #require(reply.status == 200)
    if reply.json["done"] == .bool(true) { return reply.json }
    try await Task.sleep(for: .milliseconds(100))
  }
  throw Timeout()
}

struct Timeout: Error {}

/// Uploads, submits and waits; the results, without their envelopes.
func recognise(_ path: String, _ sandbox: Sandbox) async throws -> [JSON] {
  let id = try await submitFile(path, sandbox)
  let done = try await finished(id, sandbox)
  #expect(done["error"] == nil, "\(done)")
  let reply = try await curl(sandbox, "GET", "/stt/v3/getRecognition?operation_id=\(id)")
  #expect(reply.status == 200)
  return reply.body.split(separator: "\n").compactMap { JSON(Data($0.utf8))?["result"] }
}

/// The call of the fixtures as 16-bit audio, which the recogniser takes, by sox.
func convertedCall() async throws -> String {
  let path = NSTemporaryDirectory() + "/sandbox-call-\(UUID().uuidString).wav"
  let made = try await output(
    "sox", [packageFolder + "/fixtures/speech/call-48k-24bit-stereo.wav", "-b", "16", path])
  try #require(made.status == 0)
  return path
}

extension JSON {
  /// The elements of a member that is a list; none if it is not.
  func list(_ name: String) -> [JSON] {
    guard case .array(let elements) = self[name] else { return [] }
    return elements
  }
}

/// The least number of words to insert, remove or replace (Levenshtein's distance).
func wordsWrong(_ heard: [String], _ said: [String]) -> Int {
  var row = Array(0...said.count)
  for (index, word) in heard.enumerated() {
    var next = [index + 1]
    for (place, other) in said.enumerated() {
      next.append(min(next[place] + 1, row[place + 1] + 1, row[place] + (word == other ? 0 : 1)))
    }
    row = next
  }
  return row[said.count]
}

extension StateFolder {
  /// The files in a part of a sandbox's folder.
  static func names(_ sandbox: Sandbox, _ part: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: sandbox.stateDirectory + "/" + part)) ?? []
  }
}
