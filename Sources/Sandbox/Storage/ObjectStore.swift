import AudioPrep
import Foundation

/// What is known about a stored object.
struct StoredObject: Codable, Sendable {
  /// `/{bucket}/{key}` in percent-encoding, for whoever looks into the folder.
  var path: String
  var byteCount: Int
  var contentType: String
  var modified: Date
  /// The bytes' SHA-256 in hexadecimal.
  var sha256: String
  /// The file with the bytes, within the state folder.
  var file: String

  /// S3 promises an opaque text that changes with the bytes.
  var entityTag: String { "\"\(sha256.prefix(32))\"" }
}

/// Objects as files: the bytes in one with a name of its own, what is known about them in another, which is replaced
/// in one step, so that a reader sees the old object or the new one.
struct ObjectStore: Sendable {
  let folder: StateFolder

  /// The object of that name; nil if there is none.
  func object(_ name: ObjectName) -> StoredObject? {
    try? folder.load(StoredObject.self, from: record(of: name))
  }

  /// The path of an object's bytes.
  func path(of object: StoredObject) -> String { folder.file(object.file) }

  /// A place for an object's bytes while they come in.
  func newUpload() throws -> Upload {
    try Upload(to: "objects/\(UUID().uuidString.lowercased()).data", in: folder)
  }

  /// Makes bytes that are all there an object, in place of the one that had its name. Blocks until they are safe.
  func keep(_ received: ReceivedBytes, as name: ObjectName, contentType: String) throws -> StoredObject {
    try received.file.commit()
    let old = object(name)
    let object = StoredObject(
      path: name.path, byteCount: received.byteCount, contentType: contentType, modified: .now,
      sha256: received.sha256, file: received.name)
    try folder.save(object, as: record(of: name))
    if let old { folder.remove(old.file) }
    return object
  }

  /// Removes the object of that name, if there is one.
  func remove(_ name: ObjectName) {
    guard let object = object(name) else { return }
    folder.remove(record(of: name))
    folder.remove(object.file)
  }

  private func record(of name: ObjectName) -> String { "objects/\(name.digest).json" }
}
