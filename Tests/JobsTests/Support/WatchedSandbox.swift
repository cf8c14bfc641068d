import FlyingFox
import Foundation
import Synchronization

@testable import Sandbox

/// What a request is for, in the sandbox's words. SpeechKit has an `Endpoint` too, so no file imports both modules.
typealias Purpose = Endpoint

/// A request as it came.
struct Call: Sendable {
  let purpose: Purpose
  let method: String
  /// Percent-encoded, without the query.
  let path: String
  /// 1 for the first of its method and purpose.
  let number: Int
}

/// What becomes of a request.
enum Fate: Sendable {
  /// The sandbox answers it; where the state of an operation is asked for, once it is done, so that nobody has to ask
  /// twice.
  case answered
  /// The sandbox is not asked; this is the answer.
  case reply(Int, String)
  /// The sandbox does what is asked, and the connection closes without an answer.
  case unanswered
}

/// The sandbox with a watch at its door, which keeps a list of all requests, and turns some of them aside where a test
/// wants a service that misbehaves in one particular way.
///
/// The sandbox's own faults happen by chance; a test of what follows from a fault has to choose the request.
final class WatchedSandbox: Sendable {
  /// Decides about a request; a request is held for as long as this takes.
  typealias Script = @Sendable (Call) async throws -> Fate

  let origin: String
  let apiKey: String
  let accessKeyID: String
  let secretAccessKey: String
  private let folder: StateFolder
  private let listener: Listener
  private let service: Service
  private let watch: Watch

  /// Making an RSA key takes longer than most tests.
  private static let sharedCredentials = Result { try Credentials.make() }

  init(folder path: String, _ script: @escaping Script) async throws {
    folder = try StateFolder(path)
    let credentials = try Self.sharedCredentials.get()
    (apiKey, accessKeyID, secretAccessKey) = (
      credentials.apiKey, credentials.accessKeyID, credentials.secretAccessKey
    )
    try folder.save(credentials, as: "credentials.json")
    listener = try await Listener(port: 0)
    origin = "http://127.0.0.1:\(listener.port)"
    service = try Service(Sandbox.Configuration(speech: .silence), folder: folder, port: listener.port)
    watch = Watch(router: service.router, script: script)
    await listener.answer(with: watch)
  }

  func stop() async {
    await listener.stop()
    await service.queue.stop()
  }

  /// All requests of a purpose, in order.
  func calls(_ purpose: Purpose, _ method: String? = nil) -> [Call] {
    watch.calls.withLock { $0 }.filter { $0.purpose == purpose && (method == nil || $0.method == method) }
  }

  /// All requests.
  var calls: [Call] { watch.calls.withLock { $0 } }

  /// The objects in the bucket: `/{bucket}/{key}`, percent-encoded.
  var objects: [String] {
    folder.names(in: "objects").filter { $0.hasSuffix(".json") }
      .compactMap { (try? folder.load(StoredObject.self, from: "objects/" + $0))?.path }
  }

  /// Puts an object into the bucket, past the watch; its address.
  func put(_ bytes: Data, as key: String) throws -> String {
    let store = ObjectStore(folder: folder)
    var upload = try store.newUpload()
    try upload.append(bytes)
    guard let name = ObjectName(path: "/\(StorageRoutes.bucket)/" + key) else { throw Unnameable() }
    _ = try store.keep(try upload.finish(), as: name, contentType: "audio/wav")
    return origin + name.path
  }

  private struct Unnameable: Error {}

  /// The bytes of the objects in the bucket.
  var objectBytes: [Data] {
    folder.names(in: "objects").filter { $0.hasSuffix(".data") }
      .compactMap { FileManager.default.contents(atPath: folder.file("objects/" + $0)) }
  }

  /// Recognitions that were accepted: what the service would bill.
  var submissions: Int {
    let list = FileManager.default.contents(atPath: folder.file(OperationStore.submissionsFile)) ?? Data()
    return list.count { $0 == UInt8(ascii: "\n") }
  }
}

/// Stands before the sandbox's router.
private final class Watch: HTTPHandler {
  let calls = Mutex<[Call]>([])
  private let router: Router
  private let script: WatchedSandbox.Script

  init(router: Router, script: @escaping WatchedSandbox.Script) {
    self.router = router
    self.script = script
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    switch try await script(note(request)) {
    case .answered:
      while true {
        let response = try await router.handleRequest(request)
        guard Purpose(request) == .operation, JSON(try await response.bodyData)?["done"] == .bool(false) else {
          return response
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    case .unanswered:
      _ = try await router.handleRequest(request)
      return .hangUp
    case .reply(let status, let text):
      var body = RequestBody(request)
      try await body.drain()
      return .text(text, status: HTTPStatusCode(status, phrase: "as the test wants"))
    }
  }

  private func note(_ request: HTTPRequest) -> Call {
    let purpose = Purpose(request)
    return calls.withLock { calls in
      let method = request.method.rawValue
      let call = Call(
        purpose: purpose, method: method, path: request.target.path(),
        number: 1 + calls.count { $0.purpose == purpose && $0.method == method })
      calls.append(call)
      return call
    }
  }
}
