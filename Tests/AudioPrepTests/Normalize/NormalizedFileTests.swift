import Testing

@testable import AudioPrep

@Suite("A normalized file") struct NormalizedFileTests {
  @Test("has no name before it is committed, and leaves no trace without") func named() throws {
    let scratch = try Scratch()
    let input = try scratch.noise("in.wav", "-b", "24")
    do {
      let file = try Normalizer().write(input, to: scratch("out.wav"))
      #expect(try scratch.names() == ["in.wav"])
      let report = try file.commit(syncsFolder: false)
      #expect(report.output == scratch("out.wav"))
    }
    #expect(try Reading(scratch("out.wav")).frames > 0)
    _ = try Normalizer().write(input, to: scratch("never.wav"))
    #expect(try scratch.names() == ["in.wav", "out.wav"])
  }
}
