import AudioDSP
import CSndfile

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What libsndfile decodes: compressed WAV encodings and other containers.
///
/// Lossy decoders keep state, so frames are decoded once, from the first to the last. Ranges have to be asked for in
/// ascending order; a range may begin before the end of the last one, by as much as that one was long.
///
/// Not thread-safe by itself: one thread at a time.
final class DecodedSource {
  /// What the source is, as libsndfile names it, as in `FLAC, 16 bit`.
  let formatName: String
  let channels: Int
  let sampleRate: Int
  /// The length that the file states, or that counting found.
  private(set) var frames: Int64
  /// Integer bits that a sample holds; nil for lossy and float encodings.
  let integerBits: Int?
  /// Whether the file ended before its stated length.
  private(set) var endedEarly = false

  private let file: InputFile
  private let handle: OpaquePointer
  /// The frames decoded last, interleaved, with `historyStart` as the first.
  private var history: [Float] = []
  private var historyStart: Int64 = 0

  /// More channels than this are refused: each costs memory for the filter's whole window.
  static let maximumChannels = 1024

  /// Opens a file that is no plain WAV.
  ///
  /// - Throws: when libsndfile is not installed or cannot read the file.
  init(_ file: InputFile) throws(NormalizeError) {
    guard csndfile_available() else {
      throw .unusable(
        path: file.path, reason: "this encoding needs libsndfile, which cannot be loaded",
        remedy: "install it: apt-get install libsndfile1")
    }
    let (handle, info) = try DecodedSource.open(file)
    self.file = file
    self.handle = handle
    channels = Int(info.channels)
    sampleRate = Int(info.samplerate)
    frames = info.frames
    formatName = DecodedSource.name(of: info.format)
    integerBits = DecodedSource.integerBits(of: info.format)
    // Streams do not state a length (SF_COUNT_MAX): it is counted, and the file opened anew.
    if frames == sf_count_t.max {
      frames = try count()
      guard sf_seek(handle, 0, SEEK_SET) == 0 else {
        throw .unusable(
          path: file.path, reason: "\(formatName) states no length and cannot be rewound", remedy: "convert it to WAV")
      }
    }
  }

  deinit {
    sf_close(handle)
  }

  /// Decodes `range` into the start of `buffer`; what lies outside of the recording is silence.
  func load(_ range: Range<Int64>, into buffer: inout PlanarBuffer) throws(NormalizeError) {
    try advance(to: range)
    for channel in 0..<channels {
      var samples = buffer.mutableSpan(channel: channel)
      for index in 0..<range.count {
        let place = (range.lowerBound + Int64(index) - historyStart) * Int64(channels) + Int64(channel)
        let known = range.lowerBound + Int64(index) >= historyStart && place < Int64(history.count)
        samples[index] = known ? history[Int(place)] : 0
      }
    }
  }

  /// Drops what lies before `range` from the history and decodes up to its end.
  private func advance(to range: Range<Int64>) throws(NormalizeError) {
    let keep = max(0, range.lowerBound)
    let drop = min(history.count / channels, max(0, Int(keep - historyStart)))
    history.removeFirst(drop * channels)
    historyStart += Int64(drop)
    let have = historyStart + Int64(history.count / channels)
    let missing = Int(min(range.upperBound, frames) - have)
    guard missing > 0, !endedEarly else { return }
    let start = history.count
    history.append(contentsOf: repeatElement(0, count: missing * channels))
    let got = history.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { sf_readf_float(handle, $0 + start, sf_count_t(missing)) } ?? 0
    }
    if got < missing {
      guard sf_error(handle) == SF_ERR_NO_ERROR else { throw failure() }
      history.removeLast((missing - Int(got)) * channels)
      frames = have + got
      endedEarly = true
    }
  }

  private func count() throws(NormalizeError) -> Int64 {
    var total: Int64 = 0
    var block = [Float](repeating: 0, count: 4096 * channels)
    while true {
      let got = sf_readf_float(handle, &block, 4096)
      if got <= 0 { return total }
      total += got
    }
  }

  private func failure() -> NormalizeError {
    .unusable(
      path: file.path, reason: "libsndfile cannot decode it: \(String(cString: sf_strerror(handle)))",
      remedy: "convert it to WAV with the program that made it")
  }

  private static func open(_ file: InputFile) throws(NormalizeError) -> (OpaquePointer, SF_INFO) {
    // libsndfile moves the descriptor's position, so it gets one of its own; it closes it.
    let descriptor = Glibc.open("/proc/self/fd/\(file.descriptor)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(FileError(file.path, "cannot read", errno: errno)) }
    var info = SF_INFO()
    guard let handle = sf_open_fd(descriptor, Int32(SFM_READ), &info, Int32(SF_TRUE)) else {
      throw .unusable(
        path: file.path, reason: "not audio that can be decoded (\(String(cString: sf_strerror(nil))))",
        remedy: "give a WAV file, or one that libsndfile reads (FLAC, Ogg, MP3, AIFF, CAF …)")
    }
    guard (1...maximumChannels).contains(Int(info.channels)), (1000...768_000).contains(Int(info.samplerate)) else {
      sf_close(handle)
      throw .unusable(
        path: file.path, reason: "\(info.channels) channels at \(info.samplerate) Hz cannot be right",
        remedy: "repair the header, or export the file anew")
    }
    return (handle, info)
  }

  private static func name(of format: Int32) -> String {
    func describe(_ code: Int32) -> String {
      var info = SF_FORMAT_INFO()
      info.format = code
      let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
      guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0, let name = info.name else { return "audio" }
      return String(cString: name)
    }
    return describe(format & Int32(SF_FORMAT_TYPEMASK)) + ", " + describe(format & Int32(SF_FORMAT_SUBMASK))
  }

  private static func integerBits(of format: Int32) -> Int? {
    switch Int(format & Int32(SF_FORMAT_SUBMASK)) {
    case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: 8
    case SF_FORMAT_PCM_16, SF_FORMAT_ALAC_16: 16
    case SF_FORMAT_PCM_24, SF_FORMAT_ALAC_24: 24
    case SF_FORMAT_PCM_32: 32
    default: nil
    }
  }
}
