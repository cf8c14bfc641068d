import Cryptography
import Foundation
import Testing

@testable import SpeechKit

@Suite("Credentials")
struct CredentialTests {
  /// A key file as the service makes it, and its public half.
  private func keyFile(in folder: borrowing TemporaryFolder) throws -> (path: String, publicKey: String) {
    let key = try RSAPrivateKey(generatingBits: 2048)
    let pem = "PLEASE DO NOT REMOVE THIS LINE! Key ID <key-id>\n" + (try key.pem())
    let json = try JSONEncoder().encode([
      "id": "key-id", "service_account_id": "account-id", "key_algorithm": "RSA_2048", "private_key": pem,
    ])
    return (
      try folder.write(Array(json), to: "key.json"),
      try folder.write(Array(try key.publicKey.pem().utf8), to: "public.pem")
    )
  }

  @Test(
    "the first of the documented sources is taken",
    arguments: [
      (["YC_API_KEY": "a", "API_KEY": "b", "YC_IAM_TOKEN": "c"], "API key in YC_API_KEY", "IAM token in YC_IAM_TOKEN"),
      (["API_KEY": "b", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"], "API_KEY", "access key x"),
      (["IAM_TOKEN": "c", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"], "IAM_TOKEN", "IAM_TOKEN"),
      (["YC_API_KEY": "", "IAM_TOKEN": " c\n"], "IAM_TOKEN", "IAM_TOKEN"),
    ])
  func precedence(environment: [String: String], speech: String, storage: String) throws {
    let credentials = try CredentialSource.resolve(environment: environment)
    #expect(credentials.speech.description.contains(speech))
    #expect(credentials.storage?.description.contains(storage) == true)
  }

  @Test("options come before the environment, and a key file's path may come from it")
  func options() throws {
    let folder = try TemporaryFolder()
    let (path, _) = try keyFile(in: folder)
    let environment = ["YC_API_KEY": "a", "YC_SERVICE_ACCOUNT_KEY_FILE": path]
    let both = try CredentialSource.resolve(environment: environment)
    #expect(both.speech.description.contains("YC_API_KEY"))
    #expect(both.storage?.description.contains("account-id") == true)
    let file = try CredentialSource.resolve(environment: environment, serviceAccountKeyFile: path)
    #expect(file.speech.description.contains("account-id"))
    let machine = try CredentialSource.resolve(environment: environment, usesMetadata: true)
    #expect(machine.speech.description.contains("--metadata-credentials"))
  }

  @Test("none, or half of one, names the variables to set")
  func missing() {
    #expect {
      try CredentialSource.resolve(environment: [:])
    } throws: { error in
      ["YC_API_KEY", "YC_IAM_TOKEN", "YC_SERVICE_ACCOUNT_KEY_FILE"].allSatisfy("\(error)".contains)
    }
    #expect {
      try CredentialSource.resolve(environment: ["API_KEY": "a", "AWS_ACCESS_KEY_ID": "x"])
    } throws: {
      "\($0)".contains("AWS_SECRET_ACCESS_KEY")
    }
  }

  @Test("a key that would break a header is refused without being shown", arguments: ["a b", "a\r\nX: y", "ключ"])
  func injection(value: String) {
    #expect {
      try CredentialSource.resolve(environment: ["YC_API_KEY": value])
    } throws: {
      "\($0)".contains("YC_API_KEY") && !"\($0)".contains(value)
    }
  }

  @Test("no description, dump or interpolation shows a secret")
  func redaction() throws {
    let folder = try TemporaryFolder()
    let (path, _) = try keyFile(in: folder)
    let credentials = [
      Credential.apiKey(Secret("hush"), origin: "A"), .iamToken(Secret("hush"), origin: "B"),
      .accessKey(id: "id", secret: Secret("hush"), session: Secret("hush"), origin: "C"),
      try CredentialSource.resolve(environment: [:], serviceAccountKeyFile: path).speech,
    ]
    for credential in credentials {
      var dumped = ""
      dump(credential, to: &dumped)
      for text in ["\(credential)", String(reflecting: credential), String(describing: credential), dumped] {
        #expect(!text.contains("hush"))
        #expect(!text.contains("PRIVATE KEY"))
      }
    }
  }

  @Test(
    "a broken key file says what is wrong with it",
    arguments: ["", "[]", "{}", #"{"id": "a", "service_account_id": "b", "private_key": "c"}"#])
  func brokenKeyFile(json: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(json.utf8), to: "key.json")
    #expect {
      try CredentialSource.resolve(environment: [:], serviceAccountKeyFile: path)
    } throws: {
      $0 is CredentialError && "\($0)".contains("key.json")
    }
    #expect(throws: CredentialError.self) {
      try CredentialSource.resolve(environment: [:], serviceAccountKeyFile: path + "-none")
    }
  }

  @Test("a key file is exchanged for a token once, and once more when the token is refused")
  func exchange() async throws {
    let folder = try TemporaryFolder()
    let (path, publicKey) = try keyFile(in: folder)
    let server = try StandIn(publicKey: publicKey)
    let credentials = try CredentialSource.resolve(environment: [:], serviceAccountKeyFile: path)
    let connection = try server.connection(fault: "expired", credentials: credentials)
    let client = SpeechKitClient(connection)
    let request = try RecognitionRequest(.uri("https://a/b"), options: RecognitionOptions())
    _ = try await client.operation("x")
    #expect(try await client.submit(request).id == "op 1/я")
    _ = try await client.operation("x")
    let log = try server.log()
    #expect(log.map(\.method) == ["POST", "GET", "POST", "POST", "POST", "GET"])
    #expect(
      log.compactMap { $0.headers["authorization"] } == [
        "Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2",
      ])
  }

  @Test("a credential that stays refused is named, after one refresh at most")
  func refused() async throws {
    let server = try StandIn()
    let connection = try server.connection(
      fault: "status=401", credentials: Credentials(speech: .virtualMachine, storage: nil))
    await #expect {
      try await SpeechKitClient(connection).operation("x")
    } throws: { error in
      (error as? ServiceError)?.kind == .unauthenticated && "\(error)".contains("--metadata-credentials")
    }
    let log = try server.log()
    #expect(log.filter { $0.path.hasPrefix("/computeMetadata/") }.count == 2)
    #expect(log.filter { $0.path.hasPrefix("/fault") }.count == 2)
  }

  @Test("a failed exchange leaves a submit refused, not unknown")
  func failedExchange() async throws {
    let folder = try TemporaryFolder()
    let (path, _) = try keyFile(in: folder)
    let (_, otherKey) = try keyFile(in: try TemporaryFolder())
    let server = try StandIn(publicKey: otherKey)
    let credentials = try CredentialSource.resolve(environment: [:], serviceAccountKeyFile: path)
    let client = SpeechKitClient(try server.connection(credentials: credentials, attempts: 2))
    let request = try RecognitionRequest(.uri("https://a/b"), options: RecognitionOptions())
    await #expect {
      try await client.submit(request)
    } throws: { error in
      guard case .refused(let cause) = error as? SubmissionError else { return false }
      return cause.description.contains("/iam/v1/tokens") && cause.description.contains("account-id")
    }
  }
}

@Suite("Endpoints")
struct EndpointTests {
  @Test(
    "an address with scheme, host, port and prefix is taken",
    arguments: [
      ("https://stt.api.cloud.yandex.net", "https://stt.api.cloud.yandex.net"),
      ("https://Host:8443/", "https://host:8443"),
      ("http://127.0.0.1:80", "http://127.0.0.1:80"), ("http://127.255.0.9", "http://127.255.0.9"),
      ("http://[::1]:8080/prefix/", "http://[::1]:8080/prefix"), ("HTTP://localhost:1", "http://localhost:1"),
      ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ])
  func valid(text: String, expected: String) throws {
    #expect(try Endpoint(text).description == expected)
  }

  @Test(
    "what would send a credential in the open, or elsewhere than it seems, is refused",
    arguments: [
      "", "stt.api.cloud.yandex.net", "ftp://a", "http://example.com", "http://127.0.0.1.example.com", "http://127.1",
      "http://localhost.example.com", "http://169.254.169.254", "http://[::2]", "http://127.0.0.1@example.com",
      "https://user:pass@host", "https://", "https://host:0", "https://host:99999", "https://host:x", "https://a b",
      "https://host?x=y", "https://host/#x", "https://хост", "https://host\\@evil", "https://a\nb", "https://[::1",
    ])
  func invalid(text: String) {
    #expect {
      try Endpoint(text)
    } throws: {
      $0 is EndpointError && !"\($0)".contains("pass@")
    }
  }
}
