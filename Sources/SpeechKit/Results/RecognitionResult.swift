import SwiftProtobuf

/// Everything that `getRecognition` said.
public struct RecognitionResult: Sendable {
  /// An error that stood in the stream.
  public struct Failure: Hashable, Sendable {
    /// The service's code, gRPC's number as text.
    public let code: String?
    /// The service's message.
    public let message: String
  }

  /// The service's own objects, one a line, as they came but for white space.
  public private(set) var objects: [String] = []
  /// The objects' events, as far as they are known here.
  public private(set) var responses: [WireStreamingResponse] = []
  /// Errors that stood in the stream, also after good objects.
  public private(set) var failures: [Failure] = []
  /// Objects that could not be understood and matter little: they are in `objects` only.
  public private(set) var warnings: [String] = []

  /// Reads a whole stream of results; an empty one is a result without speech.
  public static func parse(_ bytes: [UInt8]) throws(ResultsError) -> RecognitionResult {
    var parser = ResultsParser()
    try parser.append(bytes)
    return try parser.finish()
  }

  fileprivate mutating func add(_ object: [UInt8]) throws(ResultsError) {
    let text = String(decoding: object, as: UTF8.self)
    var options = JSONDecodingOptions()
    options.ignoreUnknownFields = true
    let reply = try? WireStreamingReply(jsonString: text, options: options)
    objects.append(text)
    if let reply, reply.hasError, reply.error.kind != .nullValue(.nullValue) {
      let body = ErrorBody(reply.error)
      failures.append(Failure(code: body.code, message: body.message))
    } else if let reply, reply.hasResult {
      responses.append(reply.result)
    } else if reply != nil, let bare = try? WireStreamingResponse(jsonString: text, options: options) {
      responses.append(bare)
    } else if text.contains("\"final") {
      // Words that were paid for: leaving them out of the transcript in silence would be worse than an error.
      throw ResultsError("object \(objects.count) of the results cannot be read: \(Printable.text(text, limit: 200))")
    } else if LenientJSON.object(object) == nil {
      throw ResultsError("object \(objects.count) of the results is no JSON: \(Printable.text(text, limit: 200))")
    } else {
      warnings.append("object \(objects.count) of the results is not understood")
    }
  }
}

/// Reads results while they come.
public struct ResultsParser: Sendable {
  private var splitter = ObjectSplitter()
  private var result = RecognitionResult()

  /// A parser at the beginning of a stream.
  public init() {}

  /// Takes the next bytes, cut anywhere.
  public mutating func append(_ bytes: [UInt8]) throws(ResultsError) {
    for object in try splitter.append(bytes) { try result.add(object) }
  }

  /// The result; throws when the stream broke off inside an object.
  public consuming func finish() throws(ResultsError) -> RecognitionResult {
    try splitter.finish()
    return result
  }
}
