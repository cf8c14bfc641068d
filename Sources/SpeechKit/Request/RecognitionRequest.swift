import Cryptography
import SwiftProtobuf

/// Audio and what to ask about it: what one submit sends.
public struct RecognitionRequest: Sendable {
  /// Where the service gets the audio.
  public enum Audio: Sendable {
    /// The address of an object, percent-encoded.
    case uri(String)
    /// The file itself, inside the request.
    case content(SourceFile)
  }

  /// The largest file that fits into a request, in bytes: 60 MB of JSON hold 44 MB of Base64-encoded audio.
  public static let inlineLimit = 44_000_000

  /// Where the service gets the audio.
  public let audio: Audio
  /// What to ask.
  public let options: RecognitionOptions

  /// A request that the service can be expected to take.
  ///
  /// - Parameter channels: the audio's number of channels, where it is known.
  public init(
    _ audio: Audio, options: RecognitionOptions, channels: Int? = nil
  ) throws(RecognitionOptionsError) {
    try options.validate(channels: channels)
    if case .content(let file) = audio, file.byteCount > Self.inlineLimit {
      throw RecognitionOptionsError(
        option: "--inline",
        reason: "\(Printable.text(file.path)) has \(file.byteCount) bytes, and \(Self.inlineLimit) is the limit; "
          + "give --bucket NAME")
    }
    self.audio = audio
    self.options = options
  }

  /// The request's JSON as it is sent, with the content's length in place of the content.
  public func summaryJSON() -> String {
    switch audio {
    case .uri(let uri): options.requestJSON(uri: uri)
    case .content(let file): options.requestJSON(contentBytes: file.byteCount)
    }
  }

  /// The headers that options ask for.
  var headers: [Header] {
    var headers: [Header] = []
    if options.dataLogging { headers.append(Header("x-data-logging-enabled", "true")) }
    if let folder = options.folderID { headers.append(Header("x-folder-id", folder)) }
    return headers
  }

  /// The body, of which a file's part is read while it is sent.
  func body(for request: HTTPRequest) throws(ServiceError) -> HTTPBody {
    let options = Array(optionsJSON.dropFirst())
    switch audio {
    case .uri(let uri): return HTTPBody(Array("{\"uri\":\(JSONText.string(uri)),".utf8) + options)
    case .content(let file):
      do throws(SourceFileError) {
        try file.checkUnchanged()
      } catch {
        throw ServiceError(TransportError(kind: .sourceFile, reason: error.description), of: request)
      }
      return HTTPBody([.bytes(Array("{\"content\":\"".utf8)), .base64(file), .bytes(Array("\",".utf8) + options)])
    }
  }

  /// The options as a JSON object that is never empty: the model is always in it.
  private var optionsJSON: [UInt8] {
    options.json
  }
}

extension RecognitionOptions {
  /// The JSON of a request for the object at an address.
  public func requestJSON(uri: String) -> String {
    "{\"uri\":\(JSONText.string(uri)),\(String(decoding: json.dropFirst(), as: UTF8.self))"
  }

  /// The JSON of a request that holds a file, with the file's size in place of its content.
  public func requestJSON(contentBytes: Int) -> String {
    "{\"content\":\"…\(contentBytes) bytes in Base64…\",\(String(decoding: json.dropFirst(), as: UTF8.self))"
  }

  /// The options as the service's JSON, keys in the messages' order.
  var json: [UInt8] {
    do {
      return try message().jsonUTF8Bytes()
    } catch {
      // Encoding fails on Any messages, required fields and dynamic values only, and this message has none.
      preconditionFailure("recognition options cannot be written as JSON: \(error)")
    }
  }

  /// A digest of everything that changes what the service does, for telling whether a file was already recognised so.
  public var fingerprint: String {
    let headers = "\(dataLogging)\n\(folderID ?? "")"
    return SHA256.hash(json + Array(headers.utf8)).hex
  }
}
