import AudioDSP
import WAVE

/// Where a recording's frames come from.
///
/// Uncompressed audio is read and decoded here, at any place and from any thread; everything else goes through
/// libsndfile, which decodes from the beginning to the end.
enum FrameSource {
  /// Samples that lie plainly in a file.
  case linear(LinearSource)
  /// Samples that libsndfile decodes.
  case decoded(DecodedSource)

  /// Samples in a frame.
  var channels: Int {
    switch self {
    case .linear(let source): source.channels
    case .decoded(let source): source.channels
    }
  }

  /// Frames in the recording, as far as is known.
  var frames: Int64 {
    switch self {
    case .linear(let source): source.frames
    case .decoded(let source): source.frames
    }
  }

  /// How the recording turned out shorter than it said; nil while it did not.
  var earlyEnd: DecodedSource.EarlyEnd? {
    switch self {
    case .linear: nil
    case .decoded(let source): source.earlyEnd
    }
  }

  /// Frames that the recording was thought to have before decoding it.
  var statedFrames: Int64 { earlyEnd?.statedFrames ?? frames }
}

/// Uncompressed samples in a file.
struct LinearSource: Sendable {
  let file: InputFile
  let dataOffset: UInt64
  let frames: Int64
  private let decoder: SampleDecoder

  var channels: Int { decoder.layout.channels }
  var bytesPerFrame: Int { decoder.layout.bytesPerFrame }

  /// The samples that a header describes; nil when they do not lie plainly.
  init?(_ header: WaveHeader, in file: InputFile) {
    guard let layout = header.layout.flatMap(SampleLayout.init), let data = header.data, let frames = header.frames
    else { return nil }
    self.file = file
    dataOffset = data.offset
    self.frames = Int64(clamping: frames)
    decoder = SampleDecoder(layout)
  }

  /// Decodes `range` into the start of `buffer`; what lies before the first frame and behind the last is silence.
  ///
  /// - Parameter bytes: room for the undecoded frames; grown on first use.
  /// - Throws: when the file cannot be read, or has become shorter than it was.
  func load(_ range: Range<Int64>, into buffer: inout PlanarBuffer, bytes: inout [UInt8]) throws(NormalizeError) {
    let inside = range.clamped(to: 0..<frames)
    guard !inside.isEmpty else { return buffer.silence(0..<range.count) }
    let before = Int(inside.lowerBound - range.lowerBound)
    buffer.silence(0..<before)
    buffer.silence(before + inside.count..<range.count)

    let wanted = inside.count * bytesPerFrame
    // All that is used of it is read from the file first.
    if bytes.count < wanted { bytes = [UInt8](unsafeUninitializedCapacity: wanted) { $1 = wanted } }
    let offset = dataOffset + UInt64(inside.lowerBound) * UInt64(bytesPerFrame)
    let got: Int
    do throws(FileError) {
      got = try file.read(into: &bytes, count: wanted, at: offset)
    } catch { throw .file(error) }
    guard got == wanted else { throw .file(file.shrunk(at: offset + UInt64(got))) }
    decoder.decode(bytes.span.bytes, frames: inside.count, into: &buffer, at: before)
  }
}

extension SampleLayout {
  /// The decoder's view of a layout that the header reader found.
  init?(_ layout: PCMLayout) {
    let coding: Coding =
      switch layout.coding {
      case .unsignedInteger: .unsignedInteger
      case .signedInteger: .signedInteger
      case .float: .float
      case .aLaw: .aLaw
      case .muLaw: .muLaw
      }
    self.init(
      coding: coding, bytesPerSample: layout.bytesPerSample, bigEndian: layout.bigEndian, channels: layout.channels)
  }
}
