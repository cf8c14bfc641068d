import Foundation
import Testing

@testable import AudioPrep

@Suite("Files written whole or not at all") struct AtomicFileTests {
  private func error(_ path: String, replaces: Bool) -> FileError? {
    do throws(FileError) {
      let file = try AtomicFile(path, replaces: replaces)
      try file.write([1], at: 0)
      try file.commit()
      return nil
    } catch { return error }
  }

  @Test("have no name before they are committed, and no trace without") func absent() throws {
    let scratch = try Scratch()
    do {
      let file = try AtomicFile(scratch("a"), replaces: false)
      try file.write([1, 2, 3], at: 0)
      #expect(try scratch.names() == [])
    }
    #expect(try scratch.names() == [])
  }

  @Test("hold all bytes once committed, written in any order") func whole() throws {
    let scratch = try Scratch()
    let file = try AtomicFile(scratch("имя \n'\"$.txt"), replaces: false)
    try file.write([3, 4], at: 2)
    try file.write([1, 2], at: 0)
    try file.commit()
    #expect(try bytes(scratch("имя \n'\"$.txt")) == [1, 2, 3, 4])
    #expect(try scratch.names().count == 1)
  }

  @Test("leave an existing file alone, also one that appears at the last moment") func kept() throws {
    let scratch = try Scratch()
    let late = try AtomicFile(scratch("a"), replaces: false)
    try scratch.write([7], "a")
    #expect(error(scratch("a"), replaces: false)?.description.contains("--force") == true)
    #expect(throws: FileError.self) { try late.commit() }
    #expect(try bytes(scratch("a")) == [7])
    #expect(try scratch.names() == ["a"])
  }

  @Test("replace an existing one when they may, in one step") func replaced() throws {
    let scratch = try Scratch()
    try scratch.write([7], "a")
    #expect(error(scratch("a"), replaces: true) == nil)
    #expect(try bytes(scratch("a")) == [1])
    #expect(try scratch.names() == ["a"])
  }

  @Test("never take the place of a folder or a device", arguments: [true, false]) func kinds(replaces: Bool) throws {
    let scratch = try Scratch()
    try tool("mkfifo", scratch("pipe"))
    for path in [scratch.path, "/dev/null", "/dev/stdout", scratch("pipe")] {
      #expect(error(path, replaces: replaces)?.description.contains("cannot write: it is a") == true)
    }
  }

  @Test("name the folder's fault when they cannot be made") func unwritable() throws {
    let scratch = try Scratch()
    #expect(error(scratch("none/a"), replaces: false)?.description.contains("check the path") == true)
    #expect(error("/proc/a", replaces: false)?.path == "/proc/a")
  }
}

@Suite("Lists of files") struct InputListTests {
  @Test("have a folder's recordings in the order of their names, without hidden ones and links to folders")
  func folder() throws {
    let scratch = try Scratch()
    let folders = ["sub", "sub/deep", ".hidden", "sub.wav"]
    for name in folders {
      try FileManager.default.createDirectory(atPath: scratch(name), withIntermediateDirectories: true)
    }
    let found = ["B.WAV", "a.wav", "c.rf64", "sub.wav/y.bwf", "sub/deep/x.w64", "sub/z.wave", "ю.wav"]
    for name in found + ["no.txt", "wav", ".b.wav", ".hidden/c.wav"] { try scratch.write([0], name) }
    try FileManager.default.createSymbolicLink(atPath: scratch("loop"), withDestinationPath: scratch.path)
    try FileManager.default.createSymbolicLink(atPath: scratch("link.wav"), withDestinationPath: scratch("a.wav"))
    let list = InputList(searching: [scratch.path])
    #expect(list.errors == [])
    #expect(
      list.files.map(\.relativePath)
        == ["B.WAV", "a.wav", "c.rf64", "link.wav", "sub/deep/x.w64", "sub/z.wave", "sub.wav/y.bwf", "ю.wav"])
    #expect(list.files.allSatisfy { $0.path == scratch($0.relativePath) })
  }

  @Test("have given files in the order given, each once, whatever their ending")
  func files() throws {
    let list = InputList(searching: ["z.mp3", "-", "a.wav", "z.mp3", "x/a.wav"])
    #expect(list.files.map(\.path) == ["z.mp3", "-", "a.wav", "x/a.wav"])
    #expect(list.files.map(\.relativePath) == ["z.mp3", "-", "a.wav", "a.wav"])
  }

  @Test("tell names apart that look the same but differ in bytes")
  func composition() throws {
    let scratch = try Scratch()
    let names = ["e\u{301}.wav", "\u{E9}.wav"]
    for name in names { try scratch.write([0], name) }
    #expect(
      InputList(searching: [scratch.path]).files.map { Array($0.relativePath.utf8) } == names.map { Array($0.utf8) })
    #expect(InputList(searching: names).files.count == 2)
  }

  @Test("have the names behind the last slash, whatever they begin with")
  func names() {
    // A mark that makes one character of itself and the slash.
    let path = "calls/\u{301}a.wav"
    #expect(InputList(searching: [path]).files.map(\.relativePath) == ["\u{301}a.wav"])
    #expect(AudioPrep.folder(of: path) == "calls")
  }

  @Test("name what cannot be searched, is empty, or has a name that is no text")
  func errors() throws {
    let scratch = try Scratch()
    #expect(InputList(searching: [scratch.path]).errors.first?.description.contains("no WAV files") == true)
    try tool("bash", "-c", "printf x > \"$1\"/$'\\xff.wav'", "bash", scratch.path)
    let list = InputList(searching: [scratch.path])
    #expect(list.files == [])
    #expect(list.errors.map(\.summary) == ["passed over: its name is not UTF-8; rename it (convmv does)"])
  }

  @Test("are read from a file, a line or a NUL each", arguments: [UInt8(ascii: "\n"), 0])
  func fromFile(separator: UInt8) throws {
    let scratch = try Scratch()
    let text = Array("a b.wav|||й.wav".utf8).map { $0 == UInt8(ascii: "|") ? separator : $0 }
    #expect(try InputList.readPaths(from: scratch.write(text, "list"), separator: separator) == ["a b.wav", "й.wav"])
    for (bad, words) in [([0xFF, 0x31], "not UTF-8"), ([separator], "empty")] {
      let path = try scratch.write(bad, "bad")
      #expect { try InputList.readPaths(from: path, separator: separator) } throws: { "\($0)".contains(words) }
    }
  }
}

@Suite("Input files") struct InputFileTests {
  @Test("that are pipes are copied, and read anywhere") func pipe() throws {
    let scratch = try Scratch()
    try tool("mkfifo", scratch("pipe"))
    let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try scratch.write(content, "content")
    // Opened for both, so that opening does not wait.
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = [
      "-c", "exec 3<>\"$0\"; echo; cat \"$1\" >\"$0\"; sleep 0.2", scratch("pipe"), scratch("content"),
    ]
    let ready = Pipe()
    writer.standardOutput = ready
    try writer.run()
    _ = try ready.fileHandleForReading.read(upToCount: 1)
    let file = try InputFile(scratch("pipe"))
    writer.waitUntilExit()
    #expect(file.isStream)
    #expect(file.byteCount == 200_000)
    #expect(try file.read(1000, at: 150_000) == Array(content[150_000..<151_000]))
  }

  @Test("that are devices are refused, but for the empty one") func devices() throws {
    #expect(try InputFile("/dev/null").byteCount == 0)
    #expect(throws: FileError.self) { try InputFile("/dev/zero") }
  }

  @Test("end where they end") func end() throws {
    let scratch = try Scratch()
    let file = try InputFile(try scratch.write([1, 2, 3], "a"))
    #expect(!file.isStream)
    #expect(try file.read(10, at: 1) == [2, 3])
    #expect(try file.read(10, at: 3) == [])
    #expect(try file.read(10, at: .max) == [])
  }
}

@Suite("Names of outputs") struct OutputPathTests {
  @Test(
    "end in wav",
    arguments: [
      ("a.flac", "a.wav"), ("a.WAV", "a.WAV"), ("a.wave", "a.wave"), ("a", "a.wav"), ("x.y/a", "x.y/a.wav"),
      (".a", ".a.wav"), ("a.tar.gz", "a.tar.wav"), ("-", "-.wav"), ("a.", "a.wav"),
    ])
  func wav(path: String, name: String) { #expect(wavName(of: path) == name) }

  @Test("that meet are found before anything is written") func twins() {
    #expect(earlierTwins(of: ["a", "b", "a", "c", "a", "b"]) == [nil, nil, 0, nil, 0, 1])
    #expect(earlierTwins(of: ["e\u{301}", "\u{E9}"]) == [nil, nil])
  }

  @Test("have their folders made") func folders() throws {
    let scratch = try Scratch()
    try makeFolders(above: scratch("a/b/c/d.wav"))
    try makeFolders(above: scratch("a/b/c/d.wav"))
    #expect(FileManager.default.fileExists(atPath: scratch("a/b/c")))
    try makeFolders(above: "d.wav")
    #expect(throws: FileError.self) { try makeFolders(above: "/proc/none/a.wav") }
  }
}
