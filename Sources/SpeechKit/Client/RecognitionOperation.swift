import SwiftProtobuf

/// A recognition as the service sees it.
public struct RecognitionOperation: Hashable, Sendable {
  /// How far it is.
  public enum State: Hashable, Sendable {
    /// Accepted, waiting or at work.
    case running
    /// Done: its results can be had for three days.
    case succeeded
    /// Failed or cancelled, with the service's code (gRPC's number as text) and message.
    case failed(code: String?, message: String)
  }

  /// The service's id, which is all that is needed to come back to it.
  public let id: String
  /// How far it is.
  public let state: State
  /// When it was accepted and last changed, as the service writes it (RFC 3339).
  public let createdAt: String?
  /// When it last changed.
  public let modifiedAt: String?

  /// Reads the service's JSON.
  ///
  /// `done` with neither `error` nor `response` is a success; an `error` is one whatever `done` says.
  ///
  /// - Returns: nil when it is no operation.
  init?(json: [UInt8]) {
    guard let object = LenientJSON.object(json), let id = object.text("id"), !id.isEmpty else { return nil }
    self.id = id
    createdAt = object.text("createdAt") ?? object.text("created_at")
    modifiedAt = object.text("modifiedAt") ?? object.text("modified_at")
    if let error = object.fields["error"], error.kind != .nullValue(.nullValue), error.kind != nil {
      let body = ErrorBody(error)
      state = .failed(code: body.code, message: body.message)
    } else if case .boolValue(true) = object.fields["done"]?.kind {
      state = .succeeded
    } else {
      state = .running
    }
  }
}

/// How a submit failed.
public enum SubmissionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It certainly was not accepted: sending it again costs nothing twice.
  case refused(ServiceError)
  /// It may have been accepted, and its operation cannot be found out: sending it again may be billed twice.
  case unknown(ServiceError)

  /// The failure behind it.
  public var cause: ServiceError {
    switch self {
    case .refused(let error), .unknown(let error): error
    }
  }

  /// The failure, and for an unknown fate what that means.
  public var description: String {
    switch self {
    case .refused(let error): error.description
    case .unknown(let error):
      "it is unknown whether the recognition was accepted (sending it again may be billed twice): \(error)"
    }
  }
}
