import AudioPrep
import Foundation
import Testing

@testable import Jobs

@Suite("Temporary files")
struct TemporaryFolderTests {
  @Test("their folder is the user's own, and goes with all that is in it")
  func life() throws {
    let scratch = try Scratch()
    do {
      let folder = try TemporaryFolder(in: scratch.temporary)
      #expect(try scratch.names(in: "tmp") == [lastComponent(of: folder.path)])
      let permissions = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
      #expect(permissions == 0o700)
      try wave().write(to: URL(filePath: folder.newPath()))
    }
    #expect(try scratch.names(in: "tmp") == [])
  }

  @Test("no place for them is an error that names the folder and the variable")
  func noPlace() throws {
    let scratch = try Scratch()
    for place in ["nowhere", try lastComponent(of: scratch.write("a file", "file"))] {
      let error = #expect(throws: FileError.self) { try TemporaryFolder(in: scratch(place)) }
      #expect(error?.description.contains(scratch(place)) == true)
      #expect(error?.description.contains("TMPDIR") == true)
    }
  }
}
