import Foundation
import Testing
import WAVE

@testable import AudioDSP
@testable import AudioPrep

/// Levels beside those that `sox … -n stats` prints, in every encoding that sox writes.
@Suite("Levels of files") struct SamplesLevelTests {
  /// Options for sox's output, and how far, in dB, the tools may be apart: libsndfile and sox decode GSM differently.
  static let encodings: [(name: String, options: [String], tolerance: Double)] = [
    ("u8", ["-e", "unsigned", "-b", "8"], 0.01), ("s16", ["-b", "16"], 0.01), ("s24", ["-b", "24"], 0.01),
    ("s32", ["-b", "32"], 0.01), ("f32", ["-e", "float", "-b", "32"], 0.01),
    ("f64", ["-e", "float", "-b", "64"], 0.01),
    ("A-law", ["-e", "a-law"], 0.01), ("µ-law", ["-e", "mu-law"], 0.01), ("RIFX", ["-B", "-b", "16"], 0.01),
    ("IMA", ["-e", "ima-adpcm"], 0.01), ("MS", ["-e", "ms-adpcm"], 0.01),
    ("GSM", ["-e", "gsm-full-rate", "-c", "1"], 0.01),
  ]

  @Test("are those that sox measures", arguments: encodings.indices)
  func levels(encoding: Int) throws {
    let (_, options, tolerance) = SamplesLevelTests.encodings[encoding]
    for channels in [1, 2, 3] {
      // GSM is mono, and sox writes ADPCM for one or two channels only.
      if channels > 1, options.contains("gsm-full-rate") { continue }
      if channels > 2, options.contains(where: { $0.hasSuffix("adpcm") }) { continue }
      let file = try TemporaryFile(".wav")
      try file.record(options, channels: channels)
      let scan = try #require(try SampleScanner().scan(file.path))
      let expected = try soxStatistics(file.path)
      for channel in 0..<channels {
        let own = scan.levels.channels[channel]
        let peak = try #require(Decibels.of(amplitude: own.peak))
        let rms = try #require(Decibels.of(power: own.power))
        #expect(abs(peak - (try #require(expected["Pk lev dB"]))[channel]) < tolerance)
        #expect(abs(rms - (try #require(expected["RMS lev dB"]))[channel]) < tolerance)
        #expect(abs(own.mean - (try #require(expected["DC offset"]))[channel]) < 1e-5)
      }
    }
  }

  @Test("are the same for any number of threads and both builds of the kernels", arguments: [1, 2, 3, 7, 16])
  func threads(threads: Int) throws {
    for options in [["-b", "16"], ["-b", "24"], ["-e", "float", "-b", "32"], ["-e", "mu-law"]] {
      let file = try TemporaryFile(".wav")
      try file.record(options, channels: 2, seconds: 30)
      let alone = try #require(try SampleScanner(threads: 1).scan(file.path))
      #expect(alone.levels.frames > 8 * 262_144 / 8)
      for set in InstructionSet.available {
        #expect(try SampleScanner(threads: threads, instructionSet: set).scan(file.path) == alone)
      }
    }
  }

  @Test("reach to the end of what a cut file holds, and no further")
  func cut() throws {
    let file = try TemporaryFile(".wav")
    try file.record(["-b", "16"], channels: 2)
    try file.cut(to: 44 + 4 * 1000 + 3)
    #expect(try SampleScanner().scan(file.path)?.levels.frames == 1000)
  }

  @Test("of a file that shrinks while it is read are an error that names it", arguments: [1, 4])
  func shrinking(threads: Int) throws {
    let file = try TemporaryFile(".wav")
    try file.record(["-b", "16"], channels: 2, seconds: 30)
    let open = try InputFile(file.path)
    let header = try #require(try WAVE.inspect(open).header)
    try file.cut(to: 1_000_000)
    do throws(FileError) {
      _ = try SampleScanner(threads: threads).scan(open, header)
      Issue.record("no error")
    } catch {
      #expect(error.description.contains(file.path))
      #expect(error.description.contains("1000000"))
      #expect(error.description.contains("shorter"))
    }
  }

  @Test("are null for digital silence in JSON")
  func silence() throws {
    let scan = try #require(try SampleScanner().scan(Promise.folder.appending(path: "levels/silent-zeros.wav").path))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(scan.json.text.utf8)) as? [String: Any])
    #expect(object["peak"] is NSNull)
    #expect(object["rms"] is NSNull)
    #expect(object["silence"] as? Double == 1)
  }

  @Test("say where each channel clips first in JSON")
  func clipped() throws {
    let path = Promise.folder.appending(path: "levels/clipped-right.wav").path
    let scan = try #require(try SampleScanner().scan(path))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(scan.json.text.utf8)) as? [String: Any])
    let keys = ["peak", "rms", "clippedSamples", "dcOffset", "silence", "nonFiniteSamples"]
    #expect(Set(object.keys) == Set(keys + ["perChannel"]))
    #expect(object["clippedSamples"] as? Int == 3)
    let channels = try #require(object["perChannel"] as? [[String: Any]])
    #expect(channels.map { Set($0.keys) } == Array(repeating: Set(keys + ["firstClipped"]), count: 2))
    #expect(channels[0]["firstClipped"] is NSNull)
    let place = try #require(channels[1]["firstClipped"] as? [String: Any])
    #expect(place["time"] as? Double == 6500.0 / 16000)
    #expect(place["offset"] as? Int == 44 + 4 * 6500 + 2)
  }
}

extension SampleScanner {
  /// Scans the file at a path.
  fileprivate func scan(_ path: String) throws -> SampleScan? {
    let file = try InputFile(path)
    guard let header = try WAVE.inspect(file).header else { return nil }
    return try scan(file, header)
  }
}

/// A file that goes away with this value.
private final class TemporaryFile {
  let path: String

  init(_ ending: String) throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ending).path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Has sox write noise and a tone, different in each channel, with an offset.
  func record(_ options: [String], channels: Int, seconds: Int = 2) throws {
    let synthesis = (0..<channels).flatMap { ["synth", "\(seconds)", "pinknoise"][$0 == 0 ? 0... : 2...] }
    _ = try run(
      ["-R", "-n", "-r", "22050", "-c", "\(channels)"] + options + [path] + synthesis
        + ["gain", "-9", "dcshift", "0.02"])
  }

  func cut(to size: UInt64) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: size)
    try handle.close()
  }
}

/// What `sox … -n stats` prints, by row: each channel's value.
private func soxStatistics(_ path: String) throws -> [String: [Double]] {
  var rows: [String: [Double]] = [:]
  for line in try run([path, "-n", "stats"]).split(separator: "\n") {
    let words = line.split(separator: " ")
    let name = words.prefix { Double($0) == nil }.joined(separator: " ")
    let values = words.compactMap { Double($0) }
    // The first column is over all channels, where there are several.
    rows[name] = values.count > 1 ? Array(values.dropFirst()) : values
  }
  return rows
}

/// Runs sox and returns what it says; it has to be installed.
private func run(_ arguments: [String]) throws -> String {
  let sox = Process()
  let output = Pipe()
  sox.executableURL = URL(filePath: "/usr/bin/sox")
  sox.arguments = arguments
  sox.standardError = output
  try sox.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  sox.waitUntilExit()
  try #require(sox.terminationStatus == 0, "sox \(arguments.joined(separator: " ")): \(text)")
  return text
}
