import Foundation
import Testing
import WAVE

/// How to make a file with another program, and what to call it.
struct Recipe: CustomStringConvertible, Sendable {
  var name: String
  var command: [String]
  /// The frames that were made, where the encoding may hold more than libsndfile is told to leave out.
  var frames: UInt64?
  var description: String { name }

  /// A tone, through `sox`.
  static func sox(_ name: String, _ options: String..., channels: Int = 1, rate: Int = 8000, frames: Int = 4001)
    -> Recipe
  {
    Recipe(
      name: name,
      command: ["sox", "-R", "-r", "\(rate)", "-n", "-c", "\(channels)"] + options
        + ["OUT", "synth", "1", "sine", "440", "vol", "0.5", "trim", "0", "\(frames)s"],
      frames: UInt64(frames))
  }

  /// A tone, through `ffmpeg`.
  static func ffmpeg(_ name: String, _ codec: String, _ options: String..., frames: UInt64? = nil) -> Recipe {
    Recipe(
      name: name,
      command: ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.25:r=16000", "-c:a", codec] + options
        + ["-y", "OUT"],
      frames: frames)
  }

  static let all: [Recipe] = [
    sox("sox-8.wav", "-b", "8"), sox("sox-16.wav", "-b", "16"), sox("sox-24.wav", "-b", "24"),
    sox("sox-32.wav", "-b", "32"), sox("sox-float.wav", "-e", "float", "-b", "32"),
    sox("sox-double.wav", "-e", "float", "-b", "64"), sox("sox-alaw.wav", "-e", "a-law"),
    sox("sox-mulaw.wav", "-e", "u-law"), sox("sox-ima.wav", "-e", "ima-adpcm"), sox("sox-ms.wav", "-e", "ms-adpcm"),
    sox("sox-gsm.wav", "-e", "gsm-full-rate"), sox("sox-rifx.wav", "-B", "-b", "16"),
    sox("sox-stereo.wav", "-b", "16", channels: 2, rate: 44100), sox("sox-six.wav", "-b", "24", channels: 6),
    ffmpeg("ffmpeg-u8.wav", "pcm_u8"), ffmpeg("ffmpeg-s16.wav", "pcm_s16le"), ffmpeg("ffmpeg-s24.wav", "pcm_s24le"),
    ffmpeg("ffmpeg-s32.wav", "pcm_s32le"), ffmpeg("ffmpeg-s64.wav", "pcm_s64le", frames: 4000),
    ffmpeg("ffmpeg-f32.wav", "pcm_f32le"), ffmpeg("ffmpeg-f64.wav", "pcm_f64le"),
    ffmpeg("ffmpeg-alaw.wav", "pcm_alaw"), ffmpeg("ffmpeg-mulaw.wav", "pcm_mulaw"),
    ffmpeg("ffmpeg-ms.wav", "adpcm_ms"), ffmpeg("ffmpeg-ima.wav", "adpcm_ima_wav"),
    ffmpeg("ffmpeg-mp2.wav", "mp2", frames: 4608), ffmpeg("ffmpeg-bext.wav", "pcm_s16le", "-write_bext", "1"),
    ffmpeg("ffmpeg-rf64.wav", "pcm_s16le", "-rf64", "always"), ffmpeg("ffmpeg.w64", "pcm_s16le"),
    ffmpeg("ffmpeg-float.w64", "pcm_f32le"),
  ]
}

@Suite("Files of other programs") struct PeerTests {
  @Test("read as libsndfile, soxi and ffprobe read them, and nothing is wrong with them", arguments: Recipe.all)
  func agreement(recipe: Recipe) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: recipe.name).path
      _ = try run(recipe.command.map { $0 == "OUT" ? path : $0 })
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let inspection = WAVE.inspect(bytes)
      let header = try #require(inspection.header)
      let containers: Set<Finding.ID> = [.rf64, .ds64Unneeded, .wave64, .bigEndian]
      #expect(inspection.findings.filter { !containers.contains($0.id) } == [])

      let stream = try probe(path)
      // FFmpeg takes RIFX's samples for little-endian ones.
      let codec = stream["codec_name"] as? String
      #expect(header.encoding.name == (header.container == .rifx ? "pcm_s16be" : codec))
      #expect("\(header.sampleRate)" == stream["sample_rate"] as? String)
      #expect(header.channels == stream["channels"] as? Int)
      // libsndfile does not read every encoding, and takes the fill of last blocks for audio.
      #expect(header.frames == (try recipe.frames ?? sndfileFrames(path)))
      if header.isLinear, header.encoding.name != "pcm_s64le" {
        #expect(header.frames == (try sndfileFrames(path)))
      }
    }
  }

  /// The first stream by `ffprobe`.
  private func probe(_ path: String) throws -> [String: Any] {
    let text = try run("ffprobe", "-v", "error", "-show_streams", "-of", "json", path)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require((object?["streams"] as? [[String: Any]])?.first)
  }

  /// The frames by `sndfile-info`, which is libsndfile's own reading.
  private func sndfileFrames(_ path: String) throws -> UInt64? {
    let text = try run("sndfile-info", path)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Frames") })
    return line.split(separator: ":").last.flatMap { UInt64($0.trimmingCharacters(in: .whitespaces)) }
  }

  @Test("in RIFX may turn the integers of a sub-format round or not", arguments: [true, false])
  func subFormatOrder(turned: Bool) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "wide.wav").path
      _ = try run("sox", "-R", "-r", "8000", "-n", "-B", "-b", "32", path, "synth", "0.1", "sine", "440")
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      // SoX turns only the tag in the GUID at byte 44; libsndfile, all three integers that a GUID begins with.
      if turned { bytes.replaceSubrange(44..<52, with: [0, 0, 0, 1, 0, 0, 0, 0x10]) }
      let inspection = WAVE.inspect(bytes)
      #expect(inspection.header?.encoding.name == "pcm_s32be")
      #expect(inspection.findings.map(\.id) == [.bigEndian])
    }
  }

  @Test("in pipes lack their sizes, and are read to their end", arguments: ["wav", "w64"])
  func pipes(container: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "pipe.\(container)").path
      let command = "ffmpeg -v error -f lavfi -i sine=d=0.25:r=16000 -c:a pcm_s16le -f \(container) - | cat > '\(path)'"
      _ = try run("sh", "-c", command)
      let inspection = WAVE.inspect([UInt8](try Data(contentsOf: URL(filePath: path))))
      #expect(inspection.findings.map(\.id).contains(.dataSizePlaceholder))
      #expect(inspection.header?.frames == 4000)
    }
  }
}
