import AudioDSP
import WAVE

/// The samples of an uncompressed encoding in a file, as many as it really holds.
struct SampleData: Sendable {
  /// How they lie.
  let format: MeterFormat
  /// Where the first begins.
  let offset: UInt64
  /// Whole frames that there are.
  let frames: Int

  /// The samples that a header points at, in a file of `byteCount` bytes.
  ///
  /// Nil when there are none, or when they cannot be measured.
  init?(_ header: WaveHeader, byteCount: UInt64) {
    guard let data = header.data, let pcm = header.layout, let layout = SampleLayout(pcm),
      let format = MeterFormat(layout, sampleRate: header.sampleRate, validBits: header.validBits),
      data.offset < byteCount
    else { return nil }
    let held = min(data.availableBytes, byteCount - data.offset)
    self.format = format
    offset = data.offset
    frames = Int(clamping: held / UInt64(layout.bytesPerFrame))
    guard frames > 0 else { return nil }
  }

  /// How many blocks there are.
  var blocks: Int { 1 + (frames - 1) / format.framesPerBlock }

  /// The frames of a block.
  func block(_ index: Int) -> Range<Int> {
    let start = index * format.framesPerBlock
    return start..<min(start + format.framesPerBlock, frames)
  }

  /// The bytes in which frames stand.
  func bytes(_ range: Range<Int>) -> (offset: UInt64, count: Int) {
    let bytesPerFrame = format.layout.bytesPerFrame
    return (offset + UInt64(range.lowerBound) * UInt64(bytesPerFrame), range.count * bytesPerFrame)
  }
}
