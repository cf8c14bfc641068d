import Foundation
import Testing
import WAVE

@testable import AudioPrep

@Suite("A report") struct ReportTests {
  private let broken = CheckReport(
    path: "a\u{1B}[31m\n\u{202E}.wav", format: nil,
    findings: [
      Finding(.channelsBilling, .info, at: 2, "info", fix: "none"),
      Finding(.trailingBytes, .warning, at: 9, "later", fix: "none"),
      Finding(.riffSizeMismatch, .warning, at: 4, "sooner", fix: "none"),
      Finding(.notRiff, .error, at: 0, "bad", fix: "none"),
    ], billing: nil)

  @Test("tells errors first, then by place") func order() {
    #expect(broken.sortedFindings.map(\.id) == [.notRiff, .riffSizeMismatch, .trailingBytes, .channelsBilling])
    #expect(broken.verdict == .fail)
  }

  @Test("lets no name act on the terminal") func terminal() {
    let text = broken.text
    #expect(text.hasPrefix("a\\u{1B}[31m\\n\\u{202E}.wav: fail\n"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("prints a name in JSON as it is") func names() throws {
    for name in ["звонок №1 +.wav", "a\"b\\c\n\u{1}\u{7F}\u{2028}/é.wav", "😀.wav"] {
      let text = JSON.object([("path", .string(name))]).text
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
      #expect(object == ["path": name])
    }
    #expect(JSON.string("звонок/№1").text == "\"звонок/№1\"")
  }

  @Test("prints numbers that JSON knows, and null for the others")
  func numbers() throws {
    let values: [Double] = [0, -0.0, 1e-9, 1e300, 0.1, 123_456.789]
    let text = JSON.array(values.map { .number($0) }).text
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double] == values)
    #expect(JSON.array([.number(.nan), .number(.infinity), .number(-.infinity)]).text == "[null, null, null]")
  }

  @Test("has its keys in the contract's order, null where there is nothing") func keys() {
    let empty = CheckReport(path: "a.wav", format: nil, findings: [], billing: nil)
    #expect(
      empty.json.text
        == #"{"path": "a.wav", "verdict": "pass", "format": null, "levels": null, "findings": [], "billing": null}"#)
  }

  @Test(
    "proposes commands that a shell takes back to the name",
    arguments: ["a.wav", "a b.wav", "it's.wav", "$(id).wav", "звонок №1 +.wav", "", "a\nb'\\.wav", "*?[]~#&;|<>"])
  func quoting(name: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "printf %s " + name.shellQuoted]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let echoed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: echoed, as: UTF8.self) == name)
  }
}
