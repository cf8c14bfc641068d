import CSndfile

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file as libsndfile decodes it, from its first frame to its last: compressed WAV encodings and other containers.
///
/// libsndfile reads through the open file by place, so that others may read it meanwhile and a file that shrinks is
/// noticed where it happens.
struct DecodedFile: ~Copyable {
  /// What the file is, as libsndfile names it, as in `FLAC, Signed 16 bit PCM`.
  let formatName: String
  /// Samples of a frame, at least 1.
  let channels: Int
  /// Frames a second, at least 1.
  let sampleRate: Int
  /// The frames that the file states; nil where it states none, or more than its bytes can hold.
  let statedFrames: Int64?
  /// Integer bits that a sample holds; nil for lossy and float encodings.
  let integerBits: Int?
  /// Why decoding ended before the file's end, in libsndfile's words; nil while all is well.
  private(set) var problem: String?

  private let handle: OpaquePointer
  private let cursor: FileCursor

  /// The most frames that a byte may hold. FLAC stores 65,535 frames of silence in a dozen bytes.
  private static let framesPerByte: Int64 = 65_536

  /// Opens a file.
  ///
  /// - Throws: when libsndfile is not installed or does not know the encoding, or the file cannot be read.
  init(_ file: InputFile) throws(NormalizeError) {
    guard csndfile_available() else {
      throw .unusable(
        path: file.path, reason: "this encoding needs libsndfile, which cannot be loaded",
        remedy: "install it: apt-get install libsndfile1")
    }
    let cursor = FileCursor(file)
    var info = SF_INFO()
    var functions = FileCursor.functions
    // The cursor outlives the handle: this value owns both, and closes the handle first.
    let handle = sf_open_virtual(&functions, Int32(SFM_READ), &info, Unmanaged.passUnretained(cursor).toOpaque())
    if let failure = cursor.failure {
      if let handle { sf_close(handle) }
      throw .file(failure)
    }
    guard let handle else {
      throw .unusable(
        path: file.path, reason: "not audio that can be decoded (\(String(cString: sf_strerror(nil))))",
        remedy: "give a WAV file, or one that libsndfile reads (FLAC, Ogg, MP3, AIFF, CAF …)")
    }
    guard info.channels > 0, info.samplerate > 0 else {
      sf_close(handle)
      throw .unusable(
        path: file.path, reason: "\(info.channels) channels at \(info.samplerate) Hz cannot be right",
        remedy: "repair the header, or export the file anew")
    }
    self.handle = handle
    self.cursor = cursor
    channels = Int(info.channels)
    sampleRate = Int(info.samplerate)
    let most = Int64(clamping: file.byteCount).multipliedReportingOverflow(by: DecodedFile.framesPerByte)
    statedFrames = (0...(most.overflow ? .max - 1 : most.partialValue)).contains(info.frames) ? info.frames : nil
    formatName = DecodedFile.name(of: info.format)
    integerBits = DecodedFile.integerBits(of: info.format)
  }

  deinit { sf_close(handle) }

  /// Decodes the next frames, channels interleaved; full scale is ±1 for integers, floats come as they are.
  ///
  /// - Parameters:
  ///   - frames: how many frames to decode.
  ///   - samples: gets them from `place` on.
  /// - Returns: how many frames came; fewer only at the end, and where ``problem`` says why.
  /// - Throws: when the file cannot be read, or has become shorter.
  /// - Precondition: `samples` has room for the frames behind `place`.
  mutating func read(_ frames: Int, into samples: inout [Float], at place: Int = 0) throws(FileError) -> Int {
    precondition(frames >= 0 && place >= 0 && frames <= (samples.count - place) / channels, "no room for the frames")
    // libsndfile writes at most `frames` frames of `channels` samples, which the array holds.
    let got = samples.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { sf_readf_float(handle, $0 + place, sf_count_t(frames)) } ?? 0
    }
    if let failure = cursor.failure { throw failure }
    if got < frames, sf_error(handle) != SF_ERR_NO_ERROR { problem = String(cString: sf_strerror(handle)) }
    return Int(max(0, min(got, sf_count_t(frames))))
  }

  private static func name(of format: Int32) -> String {
    func describe(_ code: Int32) -> String {
      var info = SF_FORMAT_INFO()
      info.format = code
      let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
      guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0, let name = info.name else { return "audio" }
      // What follows in brackets spells the name out.
      return String(cString: name).split(separator: " (").first.map(String.init) ?? "audio"
    }
    return describe(format & Int32(SF_FORMAT_TYPEMASK)) + ", " + describe(format & Int32(SF_FORMAT_SUBMASK))
  }

  private static func integerBits(of format: Int32) -> Int? {
    switch Int(format & Int32(SF_FORMAT_SUBMASK)) {
    case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: 8
    case SF_FORMAT_PCM_16, SF_FORMAT_ALAC_16: 16
    case SF_FORMAT_ALAC_20: 20
    case SF_FORMAT_PCM_24, SF_FORMAT_ALAC_24: 24
    case SF_FORMAT_PCM_32, SF_FORMAT_ALAC_32: 32
    default: nil
    }
  }
}

/// Where libsndfile reads in a file, and what went wrong there first.
private final class FileCursor {
  private let file: InputFile
  private var offset: Int64 = 0
  private(set) var failure: FileError?

  init(_ file: InputFile) {
    self.file = file
  }

  /// What libsndfile calls; the last argument of each is the cursor.
  static var functions: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { FileCursor.from($0)?.byteCount ?? 0 },
      seek: { offset, origin, cursor in FileCursor.from(cursor)?.seek(offset, origin) ?? -1 },
      read: { bytes, count, cursor in FileCursor.from(cursor)?.read(bytes, count) ?? 0 },
      write: nil,
      tell: { FileCursor.from($0)?.offset ?? 0 })
  }

  private static func from(_ pointer: UnsafeMutableRawPointer?) -> FileCursor? {
    pointer.map { Unmanaged<FileCursor>.fromOpaque($0).takeUnretainedValue() }
  }

  private var byteCount: Int64 { Int64(clamping: file.byteCount) }

  private func seek(_ distance: Int64, _ origin: Int32) -> Int64 {
    let start = origin == SEEK_CUR ? offset : origin == SEEK_END ? byteCount : 0
    let (place, overflow) = start.addingReportingOverflow(distance)
    guard !overflow, place >= 0 else { return -1 }
    offset = place
    return place
  }

  /// Reads up to `count` bytes to `bytes`, where libsndfile has room for them.
  private func read(_ bytes: UnsafeMutableRawPointer?, _ count: Int64) -> Int64 {
    let wanted = max(0, min(count, byteCount - offset))
    guard failure == nil, wanted > 0 else { return 0 }
    let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: Int(wanted))
    do throws(FileError) {
      let got = try file.read(into: buffer, at: UInt64(offset))
      offset += Int64(got)
      if got < buffer.count { failure = file.shrunk(at: UInt64(offset)) }
      return Int64(got)
    } catch {
      failure = error
      return 0
    }
  }
}
