import Foundation

/// A recognition that was asked for, and how far it is.
struct Operation: Codable, Sendable {
  /// Where its audio comes from.
  enum Audio: Codable, Sendable, Equatable {
    /// The `uri` of the request.
    case uri(String)
    /// The `content` of the request, kept as a file within the state folder.
    case inline(file: String)
  }

  var id: String
  var createdAt: Date
  var modifiedAt: Date
  var audio: Audio
  /// The request asked for speakers to be told apart, which the service does for mono only.
  var labelsSpeakers: Bool
  /// The session that results name.
  var sessionID: String
  /// The `x-client-request-id` of the request, if it had one.
  var clientRequestID: String?
  var done = false
  /// Why it failed or ended; nil while it runs and when it succeeded.
  var error: ServiceError?

  /// The operation as the service shows it. Success is `done` with neither error nor response.
  var json: JSON {
    var members: [String: JSON] = [
      "id": .string(id),
      "description": .string("STT v3 async recognition"),
      "createdAt": .string(createdAt.formatted(.iso8601)),
      "createdBy": .string("sandbox"),
      "modifiedAt": .string(modifiedAt.formatted(.iso8601)),
      "done": .bool(done),
    ]
    if let error { members["error"] = error.json }
    return .object(members)
  }

  /// The file with its results, within the state folder.
  var resultsFile: String { "results/\(id).jsonl" }
}
