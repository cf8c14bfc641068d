import Foundation
import Testing

@testable import Sandbox

@Suite("IAM")
struct IAMTests {
  struct Exchange: Decodable {
    var status: Int
    var code: Int
    var token: String
    var expires: String
  }

  @Test("a JWT signed by the service account's key is worth a token that the recogniser takes")
  func exchange() async throws {
    try await withSandbox { sandbox in
      let results: [Exchange] = try await client("iam", ["nothing"], sandbox: sandbox)
      let result = try #require(results.first)
      #expect(result.status == 200)
      #expect(result.expires.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/))
      let reply = try await curl(sandbox, "GET", "/operations/none", headers: ["Authorization: Bearer \(result.token)"])
      #expect(reply.status == 404)
    }
  }

  @Test("a JWT that differs in one thing is worth nothing")
  func wrongJWT() async throws {
    let cases = [
      ("other-key", 401, 16), ("salt", 401, 16), ("tampered", 401, 16), ("iss", 401, 16), ("aud", 401, 16),
      ("kid", 401, 16), ("expired", 401, 16), ("early", 401, 16), ("long", 401, 16), ("alg", 400, 3), ("typ", 400, 3),
      ("padded", 400, 3), ("text-dates", 400, 3), ("no-jwt", 400, 3),
    ]
    let results: [Exchange] = try await withSandbox { try await client("iam", cases.map(\.0), sandbox: $0) }
    for ((change, status, code), result) in zip(cases, results) {
      #expect(result.status == status, "\(change)")
      #expect(result.code == code, "\(change)")
    }
  }

  @Test("the metadata service gives a token to whoever names its flavour")
  func metadata() async throws {
    let path = "/computeMetadata/v1/instance/service-accounts/default/token"
    try await withSandbox { sandbox in
      let without = try await curl(sandbox, "GET", path, headers: [])
      #expect(without.status == 403)
      let with = try await curl(sandbox, "GET", path, headers: ["Metadata-Flavor: Google"])
      #expect(with.json["expires_in"]?.value == 43_200)
      let token = try #require(with.json["access_token"]?.text)
      let reply = try await curl(sandbox, "GET", "/operations/none", headers: ["Authorization: Bearer \(token)"])
      #expect(reply.status == 404)
    }
  }

  @Test(
    "every method wants a credential, and says what is wrong with the one it got",
    arguments: [
      ("POST", "/stt/v3/recognizeFileAsync"), ("GET", "/operations/x"), ("GET", "/operations/x:cancel"),
      ("GET", "/stt/v3/getRecognition?operation_id=x"), ("DELETE", "/stt/v3/deleteRecognition?operationId=x"),
    ])
  func credentials(method: String, path: String) async throws {
    try await withSandbox { sandbox in
      let unprivileged = try #require(
        try StateFolder(sandbox.stateDirectory).load(Credentials.self, from: "credentials.json")?.apiKeyWithoutRole)
      let key = "Authorization: Api-Key \(sandbox.variable("YC_API_KEY"))"
      let cases: [([String], Int, Double)] = [
        ([], 401, 16), (["Authorization: Api-Key wrong"], 401, 16), (["Authorization: Bearer t1.9.9"], 401, 16),
        (["Authorization: Basic x"], 401, 16), (["Authorization: Api-Key \(unprivileged)"], 403, 7),
        ([key, "x-folder-id: b1gother"], 403, 7),
      ]
      for (headers, status, code) in cases {
        let reply = try await curl(sandbox, method, path, body: method == "POST" ? "{}" : nil, headers: headers)
        #expect(reply.status == status, "\(headers)")
        #expect((reply.json["error"] ?? reply.json)["code"]?.value == code, "\(headers)")
      }
    }
  }
}
