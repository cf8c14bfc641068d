import Foundation
import Testing
import WAVE

@testable import AudioPrep

@Suite("Opening") struct OpeningTests {
  private let checker = Checker(options: .init(headersOnly: true))

  private func error(_ path: String) -> FileError? {
    do throws(FileError) {
      _ = try checker.check(path)
      return nil
    } catch {
      return error
    }
  }

  @Test("a folder or a missing file says so and names it") func refusals() throws {
    #expect(error("/usr")?.description == "/usr: is a directory; give a file in it")
    #expect(error("/nowhere/звонок.wav")?.description.hasPrefix("/nowhere/звонок.wav: cannot") == true)
    #expect(error("/nowhere/a.wav")?.description.contains("No such file") == true)
  }

  @Test("a null device is an empty file") func null() throws {
    #expect(try checker.check("/dev/null").findings.map(\.id) == [.emptyFile])
  }
}
