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

  private let listener: Listener
  private let queue: RecognitionQueue
  private let ownsFolder: Bool

  private init(_ service: Service, listener: Listener, ownsFolder: Bool) {
    self.listener = listener
    self.ownsFolder = ownsFolder
    port = listener.port
    stateDirectory = service.folder.path
    recognisesSpeech = service.recogniser is PocketSphinx
    environment = service.environment
    queue = service.queue
  }

  /// Starts a sandbox; it answers requests when this returns, and goes on with what an earlier one with the same
  /// folder left unfinished.
  ///
  /// - Throws: when the port is taken or the folder cannot be used.
  public static func start(_ configuration: Configuration = Configuration()) async throws(SandboxError) -> Sandbox {
    let ownsFolder = configuration.stateDirectory == nil
    let path = configuration.stateDirectory ?? NSTemporaryDirectory() + "/wavprep-sandbox-" + UUID().uuidString
    let listener = try await Listener(port: configuration.port)
    do {
      let service = try Service(configuration, folder: StateFolder(path), port: listener.port)
      await service.resume()
      await listener.answer(with: service.router)
      return Sandbox(service, listener: listener, ownsFolder: ownsFolder)
    } catch {
      await listener.stop()
      if ownsFolder { try? FileManager.default.removeItem(atPath: path) }
      throw SandboxError("\(path): cannot keep the sandbox's state: \(error); choose a folder that can be written to")
    }
  }

  /// Stops answering, ends recognitions, and removes the folder if it was made for this sandbox.
  public func stop() async {
    await listener.stop()
    await queue.stop()
    if ownsFolder { try? FileManager.default.removeItem(atPath: stateDirectory) }
  }
}
