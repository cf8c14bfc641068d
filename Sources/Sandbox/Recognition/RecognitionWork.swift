import Foundation

/// Carries an operation from its audio to its results.
struct RecognitionWork: Sendable {
  let folder: StateFolder
  let operations: OperationStore
  let objects: ObjectStore
  let recogniser: any Recogniser
  /// `http://127.0.0.1:{port}`: the only place that audio is fetched from.
  let origin: String

  /// Recognises the audio of an operation and ends the operation, unless the task is cancelled.
  func run(_ id: String) async {
    guard let operation = await operations.operation(id), !operation.done else { return }
    var failure: ServiceError?
    do {
      try await recognise(operation)
    } catch let error as ServiceError {
      failure = error
    } catch {
      failure = ServiceError(.internalError, "\(error)")
    }
    removeScratch(of: id)
    // Cancelled by the client: ended elsewhere. Cancelled because the sandbox stops: to be done after a restart.
    if Task.isCancelled { return }
    // A full disk leaves the operation running, as far as anyone can tell.
    _ = try? await operations.finish(id, error: failure)
    if case .inline(let file) = operation.audio { folder.remove(file) }
  }

  private func recognise(_ operation: Operation) async throws {
    let source = try audioPath(of: operation)
    let header = try await blocking {
      try AudioCheck.header(of: source, labelsSpeakers: operation.labelsSpeakers)
    }
    var channels: [[Utterance]] = []
    for channel in 0..<header.channels {
      let scratch = folder.file("work/\(operation.id)-\(channel)")
      let audio = try await blocking { isCancelled in
        try ChannelAudio(channel: channel, of: source, scratch: scratch, isCancelled: isCancelled)
      }
      channels.append(try await recogniser.utterances(in: audio.path, stretches: audio.stretches))
    }
    let duration = Int(((header.duration ?? 0) * 1000).rounded())
    let results = ResultStream(sessionID: operation.sessionID, requestID: operation.clientRequestID, duration: duration)
    try folder.save(results.lines(channels), as: operation.resultsFile)
  }

  private func audioPath(of operation: Operation) throws(ServiceError) -> String {
    switch operation.audio {
    case .inline(let file): return folder.file(file)
    case .uri(let uri):
      guard uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw ServiceError(.invalidArgument, "uri: has bytes that have to be percent-encoded")
      }
      // What follows the path, a presigned address's signature for one, is ignored by the service.
      let address = uri.prefix { $0 != "?" && $0 != "#" }
      guard address.hasPrefix(origin + "/"), let name = ObjectName(path: address.dropFirst(origin.count)) else {
        throw ServiceError(.invalidArgument, "uri: the sandbox fetches audio from its own storage only, \(origin)/")
      }
      guard let object = objects.object(name) else {
        throw ServiceError(.invalidArgument, "uri: there is no such object")
      }
      return objects.path(of: object)
    }
  }

  private func removeScratch(of id: String) {
    for name in folder.names(in: "work") where name.hasPrefix(id) { folder.remove("work/" + name) }
  }
}
