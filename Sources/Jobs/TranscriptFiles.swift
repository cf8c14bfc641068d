import AudioPrep
import SpeechKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The transcript files of one recording.
public struct TranscriptFiles: Sendable {
  /// The recording, as transcripts name it.
  let recording: String
  /// The files' path without their extension.
  let base: String
  let formats: [TranscriptFormat]
  let replaces: Bool

  /// The files that settings ask for: beside the recording, or below the output folder as the recording lies below
  /// the folder that was searched.
  init(for input: JobInput, _ settings: JobSettings) {
    recording = input.path
    formats = TranscriptFiles.once(settings.formats)
    replaces = settings.replacesTranscripts
    switch input.source {
    case .file(let file) where file.path == "-":
      base = (settings.outputFolder.map { $0 + "/" } ?? "") + "stdin"
    case .file(let file):
      base = withoutExtension(settings.outputFolder.map { $0 + "/" + file.relativePath } ?? file.path)
    case .uri(let uri):
      let name = withoutExtension(lastComponent(of: String(uri.prefix { $0 != "?" })))
      base = (settings.outputFolder.map { $0 + "/" } ?? "") + (name.isEmpty ? "recording" : name)
    }
  }

  /// The files of an operation whose recording is not known.
  public init(operation id: String, folder: String, formats: [TranscriptFormat], replaces: Bool) {
    recording = id
    base = folder + "/" + id.filter { $0 != "/" }
    self.formats = TranscriptFiles.once(formats)
    self.replaces = replaces
  }

  /// The same for all files that are one on disk, however their paths are written: `base` below its folder's real path,
  /// where that is there.
  var identity: String {
    (realPath(of: folder(of: base)) ?? folder(of: base)) + "/" + lastComponent(of: base)
  }

  /// The formats in their order, each once: a second file of one name would find the first in its way.
  private static func once(_ formats: [TranscriptFormat]) -> [TranscriptFormat] {
    formats.enumerated().filter { !formats[..<$0.offset].contains($0.element) }.map(\.element)
  }

  private func path(_ format: TranscriptFormat) -> String { base + "." + format.fileExtension }

  /// Sees that the files can be written before anything is paid for: the folder is there, and no file is in the way.
  func checkWritable() throws(JobFailure) {
    do throws(FileError) {
      for format in formats {
        try makeFolders(above: path(format))
        // Making the file and letting it go leaves nothing behind.
        _ = try AtomicFile(path(format), replaces: replaces)
      }
    } catch { throw JobFailure(message: error.description, couldNotRun: true) }
  }

  /// Fetches an operation's results and writes all files.
  ///
  /// - Returns: the paths written.
  func write(
    _ id: String, model: String, duration: Double?, _ client: SpeechKitClient
  ) async throws(JobFailure) -> [String] {
    let result: RecognitionResult
    do throws(ServiceError) {
      result = try await client.results(id, isDone: true)
    } catch {
      throw JobFailure(
        state: .submitted, message: "\(error); it is recognised, get it with: wavprep result \(id)", couldNotRun: true)
    }
    let transcript = Transcript(result, path: recording, operationID: id, model: model, duration: duration)
    do throws(FileError) {
      return try write(transcript, result)
    } catch {
      throw JobFailure(
        state: .submitted, message: "\(error); it is recognised, get it with: wavprep result \(id)", couldNotRun: true)
    }
  }

  /// Writes all files. None appears under its name before all are on disk.
  ///
  /// - Returns: the paths written.
  public func write(_ transcript: Transcript, _ result: RecognitionResult) throws(FileError) -> [String] {
    var files: [AtomicFile] = []
    for format in formats {
      let file = try AtomicFile(path(format), replaces: replaces)
      try file.write(Array(format.render(transcript, result).utf8), at: 0)
      files.append(file)
    }
    for file in files { try file.sync() }
    for file in files { try file.commit() }
    return files.map(\.path)
  }
}
