import Foundation
import Testing

@testable import Sandbox

@Suite("Object Storage")
struct StorageTests {
  struct RoundTrip: Decodable {
    var length: Int
    var type: String
    var same: Bool
    var replaced: String
    var after: String
    var dated: Bool
  }

  struct Refusal: Decodable {
    var status: Int
    var code: String
    var next: Int?
  }

  @Test("boto3 stores, reads, replaces and removes objects of any name")
  func roundTrip() async throws {
    let names = [
      "plain.wav", "звонок №1 +.wav", "a/b c/d=e&f.wav", "../dots/./and//slashes", "quote'\"`$(x).wav",
      "new\nline\t.wav", "percent%41%.wav", "emoji 🎙.wav", String(repeating: "long/", count: 200),
    ]
    let results: [RoundTrip] = try await withSandbox {
      try await client("storage", ["roundtrip"] + names, sandbox: $0)
    }
    for (name, result) in zip(names, results) {
      #expect(result.length == 100_001, "\(name)")
      #expect(result.type == "audio/wav", "\(name)")
      #expect(result.same, "\(name)")
      #expect(result.replaced == "new", "\(name)")
      #expect(result.after == "NoSuchKey", "\(name)")
      #expect(result.dated, "\(name)")
    }
  }

  @Test(
    "a wrong key, secret, region or bucket is refused",
    arguments: [
      ("AWS_SECRET_ACCESS_KEY", "wrong", 403, "SignatureDoesNotMatch"),
      ("AWS_ACCESS_KEY_ID", "wrong", 403, "InvalidAccessKeyId"),
      ("REGION", "us-east-1", 403, "AuthorizationHeaderMalformed"),
      ("WAVPREP_BUCKET", "other", 404, "NoSuchBucket"),
    ])
  func wrongCredentials(variable: String, value: String, status: Int, code: String) async throws {
    let results: [Refusal] = try await withSandbox {
      try await client("storage", ["refused", "звонок №1 +.wav"], sandbox: $0, changing: [variable: value])
    }
    #expect(results.first?.status == status)
    #expect(results.first?.code == code)
  }

  @Test("a signature covers path, query, headers, time and body")
  func tampering() async throws {
    let cases = [
      ("nothing", 200, ""), ("header", 403, "SignatureDoesNotMatch"), ("path", 403, "SignatureDoesNotMatch"),
      ("query", 403, "SignatureDoesNotMatch"), ("body", 400, "XAmzContentSHA256Mismatch"),
      ("unsigned-header", 403, "AccessDenied"), ("no-digest", 403, "AccessDenied"),
      ("no-authorization", 403, "AccessDenied"), ("old", 403, "RequestTimeTooSkewed"),
    ]
    let results: [Refusal] = try await withSandbox {
      try await client("storage", ["raw"] + cases.map(\.0), sandbox: $0)
    }
    for ((change, status, code), result) in zip(cases, results) {
      #expect(result.status == status, "\(change)")
      #expect(result.code == code, "\(change)")
      // The connection goes on, whatever was refused on it.
      #expect(result.next == 403, "\(change)")
    }
  }

  @Test("an IAM token lets in without a signature, and a forged one does not")
  func bearer() async throws {
    try await withSandbox { sandbox in
      let token = try await iamToken(sandbox)
      let good: [Refusal] = try await client(
        "storage", ["raw", "bearer", "streaming"], sandbox: sandbox, changing: ["TOKEN": token])
      #expect(good.map(\.status) == [200, 501])
      let forged: [Refusal] = try await client(
        "storage", ["raw", "bearer"], sandbox: sandbox, changing: ["TOKEN": token.dropLast() + "z"])
      #expect(forged.map(\.status) == [403])
    }
  }

  @Test("a large object goes to disk as it comes")
  func largeObject() async throws {
    struct Stream: Decodable {
      var status: Int
      var same: Bool
    }
    try await withSandbox { sandbox in
      let token = try await iamToken(sandbox)
      let before = residentBytes()
      let results: [Stream] = try await client(
        "storage", ["stream", "200"], sandbox: sandbox, changing: ["TOKEN": token])
      #expect(results.first?.status == 200)
      #expect(results.first?.same == true)
      #expect(residentBytes() - before < 100 << 20)
    }
  }

  private func iamToken(_ sandbox: Sandbox) async throws -> String {
    let replies: [IAMTests.Exchange] = try await client("iam", ["nothing"], sandbox: sandbox)
    return try #require(replies.first?.token)
  }

  /// The most memory that this process has ever had, in bytes.
  private func residentBytes() -> Int {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
