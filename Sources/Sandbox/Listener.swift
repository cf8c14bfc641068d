import FlyingFox
import FlyingSocks
import Foundation

/// A server that listens on 127.0.0.1, and the task that runs it.
struct Listener: Sendable {
  let server: HTTPServer
  let port: UInt16
  private let serving: Task<Void, Never>

  /// An upload of a gigabyte has to fit into it, and so has the fault that keeps a client waiting.
  private static let timeout: TimeInterval = 2 * Double(Router.silence)

  /// Starts listening; requests are answered with 404 until a handler is set.
  ///
  /// - Parameter port: 0 takes a free one.
  init(port wanted: UInt16) async throws(SandboxError) {
    do {
      let server = HTTPServer(
        config: HTTPServer.Configuration(
          address: try .inet(ip4: "127.0.0.1", port: wanted), timeout: Self.timeout,
          sharedRequestBufferSize: 1 << 16, sharedRequestReplaySize: 1 << 16, logger: .disabled))
      let (failures, outcome) = AsyncStream.makeStream(of: (any Error)?.self)
      serving = Task {
        do { try await server.run() } catch { outcome.yield(error) }
      }
      Task {
        try? await server.waitUntilListening()
        outcome.yield(nil)
      }
      for await failure in failures {
        if let failure { throw failure }
        break
      }
      guard case .ip4(_, port: let port) = await server.listeningAddress else {
        throw SandboxError("the server stopped at once")
      }
      self.server = server
      self.port = port
    } catch {
      throw SandboxError(
        "127.0.0.1:\(wanted): cannot listen: \(error); choose another port, or 0 for a free one")
    }
  }

  /// Sets who answers.
  func answer(with handler: some HTTPHandler) async {
    await server.appendRoute("*", to: handler)
  }

  /// Closes the port and all connections.
  func stop() async {
    await server.stop()
    await serving.value
  }
}
