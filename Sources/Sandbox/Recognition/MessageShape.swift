import Foundation

/// What a proto3 message may look like as JSON (protobuf.dev, "ProtoJSON Format").
indirect enum MessageShape: Sendable {
  case string
  case bytes
  case bool
  /// 64-bit integers come as numbers or strings, as do all others here.
  case integer
  case number
  /// The names of the values from 0 on; a number in range is good too.
  case enumeration([String])
  case list(MessageShape)
  /// Fields by their names in the .proto file.
  case message([String: MessageShape])
  /// `google.protobuf.Struct`: any object.
  case anyObject

  /// Checks a value, and gives it back with every field under its name in the .proto file.
  ///
  /// - Parameter path: the field's place in the request, for the message.
  /// - Throws: where a field is not in the message, comes twice, or has another type.
  func normalized(_ value: JSON, at path: String) throws(ServiceError) -> JSON {
    switch (self, value) {
    case (.string, .string), (.bool, .bool), (.anyObject, .object): return value
    case (.bytes, .string(let text)) where Data(base64Text: text) != nil: return value
    case (.integer, _):
      if let number = value.value, number.rounded() == number { return value }
    case (.number, _):
      if value.value != nil { return value }
    case (.enumeration(let names), _):
      if let name = MessageShape.name(of: value, in: names) { return .string(name) }
    case (.list(let shape), .array(let values)):
      var checked: [JSON] = []
      for (index, value) in values.enumerated() { checked.append(try shape.normalized(value, at: "\(path)[\(index)]")) }
      return .array(checked)
    case (.message(let fields), .object(let members)): return try Self.normalized(members, as: fields, at: path)
    default: break
    }
    throw ServiceError(.invalidArgument, "\(path): has to be \(description)")
  }

  private static func normalized(
    _ members: [String: JSON], as fields: [String: MessageShape], at path: String
  ) throws(ServiceError) -> JSON {
    var checked: [String: JSON] = [:]
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let (name, shape) = fields.first(where: { $0.key == key || lowerCamelCase($0.key) == key }) else {
        throw ServiceError(.invalidArgument, "\(path): there is no field \(key)")
      }
      guard checked[name] == nil else { throw ServiceError(.invalidArgument, "\(path): \(name) comes twice") }
      // null stands for a field's absence.
      if value != .null { checked[name] = try shape.normalized(value, at: path + "." + name) }
    }
    return .object(checked)
  }

  /// The name of an enumeration's value that is given by name or number; nil if it has no such value.
  private static func name(of value: JSON, in names: [String]) -> String? {
    switch value {
    case .string(let name): names.contains(name) ? name : nil
    case .number(let number): Int(exactly: number).flatMap { names.indices.contains($0) ? names[$0] : nil }
    default: nil
    }
  }

  private var description: String {
    switch self {
    case .string: "a string"
    case .bytes: "base64"
    case .bool: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .enumeration(let names): "one of " + names.joined(separator: ", ")
    case .list: "a list"
    case .message, .anyObject: "an object"
    }
  }
}

/// `language_code` → `languageCode`
private func lowerCamelCase(_ name: String) -> String {
  let words = name.split(separator: "_")
  return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}

extension Data {
  /// Reads proto3's base64: either alphabet, with padding or without.
  init?(base64Text text: String) {
    if let data = Data(base64Encoded: text) {
      self = data
      return
    }
    let standard = text.replacing("-", with: "+").replacing("_", with: "/").trimmingCharacters(in: ["="])
    let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: standard + padding) else { return nil }
    self = data
  }
}
