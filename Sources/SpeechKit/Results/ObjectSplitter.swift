/// Parts a stream of JSON objects, one after another, on lines or spread over many, from pieces of any size.
///
/// Each object comes out on one line: white space outside strings goes. The numbers that JSON cannot write (`NaN`,
/// `Infinity`), which some writers leave bare, get quotes, as proto3's JSON has them.
struct ObjectSplitter {
  /// The deepest nesting that is taken; results need about ten levels.
  static let depthLimit = 64

  private var object: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isInBareWord = false
  private var offset = 0

  /// Takes the next bytes and returns the objects that they complete.
  mutating func append(_ bytes: [UInt8]) throws(ResultsError) -> [[UInt8]] {
    var complete: [[UInt8]] = []
    for byte in bytes {
      offset += 1
      if isInString {
        continueString(byte)
      } else if try takeStructure(byte), depth == 0 {
        complete.append(object)
        object.removeAll()
      }
    }
    return complete
  }

  /// Throws when the stream ended inside an object.
  func finish() throws(ResultsError) {
    guard depth == 0 else {
      throw ResultsError("the results break off inside an object, at byte \(offset)")
    }
  }

  private mutating func continueString(_ byte: UInt8) {
    object.append(byte)
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
    }
  }

  /// Takes a byte outside strings; true when it belongs to an object.
  private mutating func takeStructure(_ byte: UInt8) throws(ResultsError) -> Bool {
    if isInBareWord, !isLetter(byte) {
      object.append(UInt8(ascii: "\""))
      isInBareWord = false
    }
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      return false
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth > 0 || byte == UInt8(ascii: "{") else { throw unexpected(byte) }
      depth += 1
      guard depth <= Self.depthLimit else {
        throw ResultsError("the results are nested more than \(Self.depthLimit) deep at byte \(offset - 1)")
      }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard depth > 0 else { throw unexpected(byte) }
      depth -= 1
    case UInt8(ascii: "\""):
      guard depth > 0 else { throw unexpected(byte) }
      isInString = true
    case UInt8(ascii: "N"), UInt8(ascii: "I"):
      guard depth > 0 else { throw unexpected(byte) }
      beginBareWord()
    default:
      guard depth > 0 else { throw unexpected(byte) }
    }
    object.append(byte)
    return true
  }

  private mutating func beginBareWord() {
    guard !isInBareWord else { return }
    isInBareWord = true
    // The sign of "-Infinity" belongs inside the quotes.
    let isNegative = object.last == UInt8(ascii: "-")
    if isNegative { object.removeLast() }
    object.append(UInt8(ascii: "\""))
    if isNegative { object.append(UInt8(ascii: "-")) }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func unexpected(_ byte: UInt8) -> ResultsError {
    ResultsError(
      "the results have \"\(Printable.text(String(Unicode.Scalar(byte))))\" between objects at byte \(offset - 1)")
  }
}

/// Why a stream of results cannot be read.
public struct ResultsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and where, in bytes from the beginning.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
