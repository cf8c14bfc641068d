import AudioDSP

/// The frames of a recording that libsndfile decodes.
///
/// Lossy decoders keep state, so frames are decoded once, from the first to the last. Ranges have to be asked for in
/// ascending order; a range may begin before the end of the last one, by as much as that one was long. A range before
/// that begins a new pass: the file is decoded anew, since seeking in lossy streams is not exact.
///
/// Not thread-safe by itself: one thread at a time.
final class DecodedSource {
  /// What the source is, as libsndfile names it.
  let formatName: String
  /// Samples in a frame.
  let channels: Int
  /// Frames in a second.
  let sampleRate: Int
  /// Integer bits that a sample holds; nil for lossy and float encodings.
  let integerBits: Int?
  /// The length that the file states, until decoding finds the end before that.
  private(set) var frames: Int64
  /// What the file stated, and why decoding ended before that; nil while it did not.
  private(set) var earlyEnd: EarlyEnd?

  /// How a recording turned out shorter than its header says.
  struct EarlyEnd {
    /// The frames that the header states.
    let statedFrames: Int64
    /// Why there are fewer, in libsndfile's words; nil where the file just ends.
    let problem: String?
  }

  private let file: InputFile
  private var decoded: DecodedFile
  private let layout: SampleLayout
  private let unpacking: SampleDecoder
  /// The frames decoded last, interleaved, with `historyStart` as the first.
  private var history: [Float] = []
  private var historyStart: Int64 = 0

  private var historyEnd: Int64 { historyStart + Int64(history.count / channels) }

  /// Opens a file that is no plain WAV.
  ///
  /// - Throws: when libsndfile is not installed or cannot read the file.
  init(_ file: InputFile) throws(NormalizeError) {
    self.file = file
    decoded = try DecodedFile(file)
    guard let layout = SampleLayout(coding: .float, bytesPerSample: 4, channels: decoded.channels) else {
      throw .unusable(
        path: file.path, reason: "\(decoded.channels) channels cannot be right",
        remedy: "repair the header, or export the file anew")
    }
    self.layout = layout
    unpacking = SampleDecoder(layout)
    formatName = decoded.formatName
    channels = decoded.channels
    sampleRate = decoded.sampleRate
    integerBits = decoded.integerBits
    frames = decoded.statedFrames ?? 0
    if decoded.statedFrames == nil {
      frames = try count()
      try rewind()
    }
  }

  /// Decodes `range` into the start of `buffer`; what lies outside of the recording is silence.
  ///
  /// - Throws: when the file cannot be read, or nothing in it can be decoded.
  /// - Precondition: `buffer` has room for the range, and as many channels.
  func load(_ range: Range<Int64>, into buffer: inout PlanarBuffer) throws(NormalizeError) {
    if max(0, range.lowerBound) < historyStart { try rewind() }
    try advance(to: range)
    let inside = range.clamped(to: historyStart..<historyEnd)
    guard !inside.isEmpty else { return buffer.silence(0..<range.count) }
    let before = Int(inside.lowerBound - range.lowerBound)
    buffer.silence(0..<before)
    buffer.silence(before + inside.count..<range.count)
    let start = Int(inside.lowerBound - historyStart) * layout.bytesPerFrame
    // A span of a class's property cannot leave its accessor; this shares the memory.
    let decoded = history
    let bytes = decoded.span.bytes
    unpacking.decode(bytes.extracting(droppingFirst: start), frames: inside.count, into: &buffer, at: before)
  }

  /// Drops what lies before `range` from the history and decodes up to its end.
  private func advance(to range: Range<Int64>) throws(NormalizeError) {
    let drop = min(history.count / channels, max(0, Int(range.lowerBound - historyStart)))
    history.removeFirst(drop * channels)
    historyStart += Int64(drop)
    let missing = Int(min(range.upperBound, frames) - historyEnd)
    guard missing > 0 else { return }
    let start = history.count
    history.append(contentsOf: repeatElement(0, count: missing * channels))
    let got: Int
    do throws(FileError) { got = try decoded.read(missing, into: &history, at: start) } catch { throw .file(error) }
    history.removeLast((missing - got) * channels)
    if got < missing { try end(at: historyEnd) }
  }

  /// Takes note that there is nothing to decode from frame `end` on.
  private func end(at end: Int64) throws(NormalizeError) {
    guard end > 0 else {
      throw .unusable(
        path: file.path, reason: "libsndfile cannot decode it: \(decoded.problem ?? "it has no samples")",
        remedy: "convert it to WAV with the program that made it")
    }
    earlyEnd = EarlyEnd(statedFrames: frames, problem: decoded.problem)
    frames = end
  }

  /// Begins anew with the first frame.
  private func rewind() throws(NormalizeError) {
    decoded = try DecodedFile(file)
    history.removeAll(keepingCapacity: true)
    historyStart = 0
  }

  /// The number of frames, found by decoding all of them.
  private func count() throws(NormalizeError) -> Int64 {
    var total: Int64 = 0
    let step = 4096
    var block = [Float](repeating: 0, count: step * channels)
    while true {
      let got: Int
      do throws(FileError) { got = try decoded.read(step, into: &block) } catch { throw .file(error) }
      if got == 0 { return total }
      total += Int64(got)
    }
  }
}
