import FlyingFox
import FlyingSocks
import Foundation

/// A local stand-in for SpeechKit's asynchronous recognition, its operations, IAM and Object Storage.
///
/// It listens on 127.0.0.1 alone and keeps its state in a folder. Requests are read and checked by code that shares
/// nothing with the client's, so that what the sandbox accepts is an independent opinion.
///
///     let sandbox = try await Sandbox.start(Sandbox.Configuration())
///     for (name, value) in sandbox.environment { print("export \(name)='\(value)'") }
///     await sandbox.stop()
public final class Sandbox: Sendable {
  /// The port on 127.0.0.1.
  public let port: UInt16
  /// The folder with the state.
  public let stateDirectory: String
  /// False where PocketSphinx is missing or was not wanted: then utterances have no words.
  public let recognisesSpeech: Bool
  /// The variables that point wavprep at the sandbox, in the order to print them.
  public let environment: [(name: String, value: String)]
  /// The variables by name, for child processes.
  public var environmentVariables: [String: String] {
    Dictionary(environment.map { ($0.name, $0.value) }) { $1 }
  }

  private let server: HTTPServer
  private let serving: Task<Void, Never>
  private let queue: RecognitionQueue
  private let ownsFolder: Bool

  private init(_ parts: Parts, port: UInt16, server: HTTPServer, serving: Task<Void, Never>, ownsFolder: Bool) {
    self.port = port
    self.server = server
    self.serving = serving
    self.ownsFolder = ownsFolder
    stateDirectory = parts.folder.path
    recognisesSpeech = parts.recogniser is PocketSphinx
    environment = parts.environment(port: port)
    queue = parts.queue
  }

  /// Starts a sandbox; it answers requests when this returns.
  ///
  /// - Throws: when the port is taken or the folder cannot be used.
  public static func start(_ configuration: Configuration = Configuration()) async throws(SandboxError) -> Sandbox {
    let path = configuration.stateDirectory ?? NSTemporaryDirectory() + "wavprep-sandbox-" + UUID().uuidString
    let ownsFolder = configuration.stateDirectory == nil
    do {
      let folder = try StateFolder(path)
      return try await start(configuration, folder: folder, ownsFolder: ownsFolder)
    } catch {
      if ownsFolder { try? FileManager.default.removeItem(atPath: path) }
      if let error = error as? SandboxError { throw error }
      throw SandboxError("\(path): cannot be used for the sandbox's state: \(error)")
    }
  }

  /// Stops answering, ends recognitions, and removes the folder if it was made for this sandbox.
  public func stop() async {
    await server.stop()
    await serving.value
    await queue.stop()
    if ownsFolder { try? FileManager.default.removeItem(atPath: stateDirectory) }
  }
}
