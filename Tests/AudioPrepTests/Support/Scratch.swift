import CSndfile
import Foundation
import Testing

/// A folder that goes away with this value.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "wavprep-test-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// The names of all files in the folder, hidden ones too, sorted.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: self(name)))
    return self(name)
  }

  /// Cuts a file to so many bytes.
  func cut(_ name: String, to size: UInt64) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: self(name)))
    try handle.truncate(atOffset: size)
    try handle.close()
  }
}

/// All bytes of a file.
func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

/// Runs a program that has to be installed, and returns what it says on both streams.
@discardableResult
func tool(_ words: String...) throws -> String { try tool(words) }

/// Runs a program that has to be installed, and returns what it says on both streams.
@discardableResult
func tool(_ words: [String]) throws -> String {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = words
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(words.joined(separator: " ")): \(text)")
  return text
}

/// A file as libsndfile reads it, by its path and without any of our code.
struct Reading {
  var channels = 0
  var rate = 0
  /// Frames, as the header says.
  var frames = 0
  /// Interleaved samples: integers left-justified in 32 bits.
  var integers: [Int32] = []
  /// Interleaved samples; full scale is ±1.
  var floats: [Float] = []

  init(_ path: String, samples: Bool = true) throws {
    let (info, floats) = try Reading.read(path, samples: samples, zero: Float(0), by: sf_readf_float)
    (channels, rate, frames) = (Int(info.channels), Int(info.samplerate), Int(info.frames))
    self.floats = floats
    integers = try Reading.read(path, samples: samples, zero: Int32(0), by: sf_readf_int).1
  }

  /// One channel's samples.
  func channel(_ index: Int) -> [Float] { stride(from: index, to: floats.count, by: channels).map { floats[$0] } }

  private static func read<Sample>(
    _ path: String, samples: Bool, zero: Sample,
    by readFrames: (OpaquePointer?, UnsafeMutablePointer<Sample>?, sf_count_t) -> sf_count_t
  ) throws -> (SF_INFO, [Sample]) {
    var info = SF_INFO()
    let handle = sf_open_fd(open(path, O_RDONLY), Int32(SFM_READ), &info, Int32(SF_TRUE))
    let file = try #require(handle, "libsndfile cannot read \(path)")
    defer { sf_close(file) }
    guard samples else { return (info, []) }
    var all = [Sample](repeating: zero, count: Int(info.frames) * Int(info.channels))
    let got = readFrames(file, &all, info.frames)
    return (info, Array(all.prefix(Int(got) * Int(info.channels))))
  }
}

/// A level that `sox … -n stats` prints, in dB, for all channels together.
func soxLevel(_ row: String, _ path: String) throws -> Double {
  let line = try #require(try tool("sox", path, "-n", "stats").split(separator: "\n").first { $0.hasPrefix(row) })
  return try #require(Double(line.dropFirst(row.count).split(separator: " ").first ?? ""))
}
