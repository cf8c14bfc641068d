import SwiftProtobuf

/// The code and the message in an error's body, whichever of its shapes came: `{"code", "message", "details"}`, the
/// same inside `{"error": …}`, Object Storage's XML, or plain text.
struct ErrorBody {
  var code: String?
  var message: String

  /// The longest message that is shown, in characters.
  private static let limit = 500

  init(_ bytes: [UInt8]) {
    if let object = LenientJSON.object(bytes) {
      self.init(object)
      return
    }
    let text = String(decoding: bytes.prefix(4 * Self.limit), as: UTF8.self)
    if let message = Self.element("Message", in: text) {
      self.init(code: Self.element("Code", in: text), message: message)
    } else {
      self.init(code: nil, message: text)
    }
  }

  /// Reads an error object, wrapped or bare.
  init(_ object: Google_Protobuf_Struct) {
    switch object.fields["error"]?.kind {
    case .structValue(let inner): self.init(inner)
    case .stringValue(let text):
      // OAuth's way, which the metadata service has: {"error": "…", "error_description": "…"}.
      self.init(code: text, message: object.text("error_description") ?? object.text("message") ?? text)
    default:
      let code = ["code", "grpcCode", "grpc_code", "httpCode", "http_code"].lazy.compactMap { object.text($0) }.first
      let whole = (try? object.jsonString()) ?? ""
      self.init(code: code, message: object.text("message") ?? whole)
    }
  }

  /// Reads whatever stood under the key `error`.
  init(_ value: Google_Protobuf_Value) {
    if case .structValue(let object) = value.kind {
      self.init(object)
    } else {
      self.init(code: nil, message: value.text ?? ((try? value.jsonString()) ?? ""))
    }
  }

  private init(code: String?, message: String) {
    self.code = code.map { Printable.text($0, limit: 100) }
    self.message = Printable.text(message.trimmed, limit: Self.limit)
  }

  /// The text of the first such element; enough for Object Storage's flat error documents.
  private static func element(_ name: String, in text: String) -> String? {
    guard let start = text.firstRange(of: "<\(name)>"),
      let end = text[start.upperBound...].firstRange(of: "</\(name)>")
    else { return nil }
    return String(text[start.upperBound..<end.lowerBound])
  }
}

/// Reading JSON whose shape is not certain, over SwiftProtobuf's dynamic values.
enum LenientJSON {
  /// The object, or nil when the bytes are no JSON object.
  static func object(_ bytes: [UInt8]) -> Google_Protobuf_Struct? {
    var options = JSONDecodingOptions()
    options.messageDepthLimit = 64
    return try? Google_Protobuf_Struct(jsonUTF8Bytes: bytes, options: options)
  }
}

extension Google_Protobuf_Struct {
  /// A field's text; numbers count as text, without a fraction where they have none.
  func text(_ key: String) -> String? {
    fields[key]?.text
  }

  /// A field that is an object.
  func object(_ key: String) -> Google_Protobuf_Struct? {
    if case .structValue(let value) = fields[key]?.kind { value } else { nil }
  }
}

extension Google_Protobuf_Value {
  /// The text of a string or a number.
  var text: String? {
    switch kind {
    case .stringValue(let text): text
    case .numberValue(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
    default: nil
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
