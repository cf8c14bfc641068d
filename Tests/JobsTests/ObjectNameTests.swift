import Foundation
import Jobs
import Testing

@Suite("Names of objects")
struct ObjectNameTests {
  @Test("a recording has the same name on every run and by every path, until it changes")
  func stable() throws {
    let scratch = try Scratch()
    let path = try scratch.write(wave(), "звонок.wav")
    let name = ObjectName.key(for: .file(path), prefix: "wavprep/")
    #expect(ObjectName.key(for: .file(path), prefix: "wavprep/") == name)
    try FileManager.default.createSymbolicLink(atPath: scratch("link"), withDestinationPath: scratch.path)
    #expect(ObjectName.key(for: .file(scratch("link/звонок.wav")), prefix: "wavprep/") == name)
    try scratch.write(wave(seconds: 1), "звонок.wav")
    #expect(ObjectName.key(for: .file(path), prefix: "wavprep/") != name)
  }

  @Test("it is the prefix, a folder, and the recording's own name with the extension of what is sent")
  func parts() throws {
    let scratch = try Scratch()
    let name = ObjectName.key(for: .file(try scratch.write(wave(), "a b.flac")), prefix: "x/y-")
    #expect(name.wholeMatch(of: /x\/y-[0-9a-f]{12}\/a b\.wav/) != nil)
  }

  @Test("recordings of one name in two folders, or of one content, have two names")
  func different() throws {
    let scratch = try Scratch()
    let paths = try ["monday/a.wav", "tuesday/a.wav", "monday/b.wav"].map { try scratch.write(wave(), $0) }
    #expect(Set(paths.map { ObjectName.key(for: .file($0), prefix: "") }).count == 3)
  }

  @Test("what comes through a pipe has a new name each time")
  func pipe() {
    let names = (0..<2).map { _ in ObjectName.key(for: .file("-"), prefix: "") }
    #expect(names[0] != names[1])
    #expect(names.allSatisfy { $0.hasSuffix("/stdin.wav") })
  }
}
