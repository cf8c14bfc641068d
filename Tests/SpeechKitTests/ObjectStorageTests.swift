import Cryptography
import Foundation
import Testing

@testable import SpeechKit

@Suite("Object Storage, against botocore recomputing every signature")
struct ObjectStorageTests {
  static let names = [
    "a.wav", "звонок №1 +.wav", "wavprep/a b/c.wav", "quote\"'`.wav", "new\nline.wav", "100%.wav", "a=b&c=d?e#f.wav",
    "~tilde-_.wav", "a//b/../c/./d.wav", "/front", "back/", "😀é.wav", "!*'();:@&=+$,?[]{}|\\^<>.wav", "%2F%2f.wav",
  ]

  private func credentials(session: String? = nil) -> Credentials {
    Credentials(
      speech: .apiKey(Secret("good"), origin: "YC_API_KEY"),
      storage: .accessKey(
        id: StandIn.accessKey, secret: Secret(StandIn.secretKey), session: session.map { Secret($0) },
        origin: "AWS_ACCESS_KEY_ID"))
  }

  @Test("objects of any name are put, checked and deleted with signed requests", arguments: names)
  func anyName(name: String) async throws {
    let folder = try TemporaryFolder()
    let bytes = Array("RIFF and so on".utf8)
    let file = try SourceFile(path: try folder.write(bytes, to: "a.wav"))
    let server = try StandIn()
    let storage = try ObjectStorage(try server.connection(), bucket: "test-bucket")
    let stored = try await storage.upload(file, as: name)
    #expect(stored.byteCount == bytes.count)
    try await storage.delete(name)
    try await storage.delete(name)

    let log = try server.log()
    #expect(log.map(\.method) == ["PUT", "HEAD", "DELETE", "DELETE"])
    let path = try Tool.python(
      "import sys, urllib.parse; print('/test-bucket/' + urllib.parse.quote(sys.argv[1], safe='/~'), end='')", [name])
    #expect(log.allSatisfy { $0.path == path })
    #expect(stored.uri == "http://127.0.0.1:\(server.port)\(path)")
    #expect(storage.uri(of: name) == stored.uri)
    #expect(log.first?.sha256 == SHA256.hash(bytes).hex)
  }

  @Test("a known digest is signed, and other bytes under it are refused")
  func signedPayload() async throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](repeating: 7, count: 3_000_000)
    let file = try SourceFile(path: try folder.write(bytes, to: "a.wav"))
    let server = try StandIn()
    let storage = try ObjectStorage(try server.connection(), bucket: "test-bucket")
    _ = try await storage.upload(file, as: "a", digest: SHA256.hash(bytes))
    #expect(try server.log().first?.headers["x-amz-content-sha256"] == SHA256.hash(bytes).hex)
    await #expect {
      try await storage.upload(file, as: "a", digest: SHA256.hash("others"))
    } throws: { error in
      (error as? ServiceError)?.kind == .permissionDenied
        && ["SignatureDoesNotMatch", "storage.uploader", "AWS_ACCESS_KEY_ID"].allSatisfy("\(error)".contains)
    }
  }

  @Test("a session token is sent and signed")
  func sessionToken() async throws {
    let folder = try TemporaryFolder()
    let file = try SourceFile(path: try folder.write([1, 2, 3], to: "a.wav"))
    let server = try StandIn()
    let storage = try ObjectStorage(
      try server.connection(credentials: credentials(session: "token+/=")), bucket: "test-bucket")
    _ = try await storage.upload(file, as: "a b.wav")
    let put = try #require(try server.log().first)
    #expect(put.headers["x-amz-security-token"] == "token+/=")
    #expect(put.headers["authorization"]?.contains("x-amz-security-token") == true)
  }

  @Test("an IAM token goes unsigned")
  func bearer() async throws {
    let folder = try TemporaryFolder()
    let file = try SourceFile(path: try folder.write([1, 2, 3], to: "a.wav"))
    let server = try StandIn()
    let token = Credential.iamToken(Secret("good"), origin: "YC_IAM_TOKEN")
    let storage = try ObjectStorage(
      try server.connection(credentials: Credentials(speech: token, storage: token)), bucket: "test-bucket")
    _ = try await storage.upload(file, as: "звонок №1 +.wav")
    #expect(try server.log().first?.headers["authorization"] == "Bearer good")
  }

  @Test("an upload that failed on the way is made again", arguments: ["once=500", "once=503", "once=429"])
  func again(fault: String) async throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](repeating: 9, count: 2_000_000)
    let file = try SourceFile(path: try folder.write(bytes, to: "a.wav"))
    let server = try StandIn()
    let endpoint = try server.endpoint()
    var connection = try server.connection(fault: fault)
    connection = Connection(
      endpoints: Endpoints(
        speech: endpoint, operation: endpoint, storage: try server.endpoint(fault: fault), iam: endpoint),
      credentials: Credentials(speech: .virtualMachine, storage: .iamToken(Secret("good"), origin: "IAM_TOKEN")),
      region: "ru-central1", retry: connection.retry, http: connection.http, metadata: endpoint,
      logger: connection.logger)
    let stored = try await ObjectStorage(connection, bucket: "test-bucket").upload(file, as: "a")
    #expect(stored.byteCount == bytes.count)
    #expect(try server.log().filter { $0.method == "PUT" }.last?.sha256 == SHA256.hash(bytes).hex)
  }

  @Test("an account that may only write is enough; an object of another size is an error")
  func verification() async throws {
    let folder = try TemporaryFolder()
    let file = try SourceFile(path: try folder.write([1, 2, 3], to: "a.wav"))
    let server = try StandIn()
    let token = Credentials(
      speech: .virtualMachine, storage: .iamToken(Secret("good"), origin: "IAM_TOKEN"))
    let writeOnly = try server.connection(fault: "writeonly", credentials: token)
    _ = try await ObjectStorage(writeOnly, bucket: "test-bucket").upload(file, as: "a")
    let grown = try server.connection(fault: "grown", credentials: token)
    await #expect {
      try await ObjectStorage(grown, bucket: "test-bucket").upload(file, as: "a")
    } throws: { error in
      "\(error)".contains("4 bytes") && "\(error)".contains("3 bytes")
    }
  }

  @Test("a file that changes after it was opened is not sent as if it had not")
  func changed() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([UInt8](repeating: 1, count: 100_000), to: "a.wav")
    let server = try StandIn()
    let storage = try ObjectStorage(try server.connection(), bucket: "test-bucket")
    for size in [50_000, 200_000] {
      let file = try SourceFile(path: path)
      try Data(count: size).write(to: URL(filePath: path), options: [])
      let handle = try FileHandle(forUpdating: URL(filePath: path))
      try handle.truncate(atOffset: UInt64(size))
      try handle.close()
      await #expect {
        try await storage.upload(file, as: "a")
      } throws: { error in
        (error as? ServiceError)?.kind == .sourceFile && "\(error)".contains("changed")
      }
    }
  }

  @Test("what is no bucket, no key, no file is refused before anything is sent")
  func configuration() async throws {
    let server = try StandIn()
    let connection = try server.connection()
    for bucket in ["", "ab", "UPPER", "a/b", "ведро", String(repeating: "a", count: 64)] {
      #expect(throws: StorageConfigurationError.self) { try ObjectStorage(connection, bucket: bucket) }
    }
    let speechOnly = try server.connection(
      credentials: Credentials(speech: .apiKey(Secret("good"), origin: "YC_API_KEY"), storage: nil))
    #expect {
      try ObjectStorage(speechOnly, bucket: "test-bucket")
    } throws: {
      "\($0)".contains("AWS_ACCESS_KEY_ID")
    }
    let folder = try TemporaryFolder()
    let file = try SourceFile(path: try folder.write([1], to: "a.wav"))
    let storage = try ObjectStorage(connection, bucket: "test-bucket")
    for key in ["", String(repeating: "я", count: 513)] {
      await #expect(throws: ServiceError.self) { try await storage.upload(file, as: key) }
    }
    for path in ["/nonexistent", "/", "/dev/zero"] {
      #expect(throws: SourceFileError.self) { try SourceFile(path: path) }
    }
    #expect(try server.log().isEmpty)
  }
}
