/// Turns interleaved bytes of a file into planar floats.
///
/// Integers are left-justified in their containers and scaled by the container's full scale, so that the most
/// negative one is −1.0, as libsndfile does; what is wider than 24 bits is rounded to single precision. G.711 codes
/// are scaled as the 16-bit samples they stand for. NaN and infinity pass: see ``PlanarBuffer/sanitize(_:instructionSet:)``.
public struct SampleDecoder: Sendable {
  /// How the bytes lie.
  public let layout: SampleLayout
  private let kernels: Kernels
  private let table: [Float]

  /// Makes a decoder.
  ///
  /// - Parameter instructionSet: the build of the kernels to use, one of ``InstructionSet/available``.
  public init(_ layout: SampleLayout, instructionSet: InstructionSet = .preferred) {
    self.layout = layout
    kernels = instructionSet.kernels
    table =
      switch layout.coding {
      case .aLaw: Companding.aLaw
      case .muLaw: Companding.muLaw
      default: []
      }
  }

  /// Decodes whole frames.
  ///
  /// - Parameters:
  ///   - bytes: at least `frames` frames of the layout.
  ///   - frames: how many to decode.
  ///   - buffer: has the layout's channels.
  ///   - offset: where in each channel the first frame goes.
  /// - Precondition: the bytes hold the frames, and the buffer has room for them.
  public func decode(_ bytes: RawSpan, frames: Int, into buffer: inout PlanarBuffer, at offset: Int) {
    precondition(frames >= 0 && bytes.byteCount / layout.bytesPerFrame >= frames, "fewer bytes than frames")
    precondition(buffer.channels == layout.channels, "the buffer has other channels")
    buffer.check(offset..<offset + frames)
    bytes.withUnsafeBytes { raw in
      guard frames > 0, let start = raw.baseAddress else { return }
      let done = decodePacked(start, frames, into: &buffer, at: offset)
      guard done < frames else { return }
      for channel in 0..<layout.channels {
        decode(
          start + done * layout.bytesPerFrame + channel * layout.bytesPerSample, frames - done,
          into: buffer.pointer(channel: channel) + offset + done)
      }
    }
  }

  /// Decodes what the packed kernels take, and returns how many frames that is.
  private func decodePacked(
    _ start: UnsafeRawPointer, _ frames: Int, into buffer: inout PlanarBuffer, at offset: Int
  ) -> Int {
    guard !layout.bigEndian, layout.channels <= 2 else { return 0 }
    let left = buffer.pointer(channel: 0) + offset
    switch (layout.coding, layout.bytesPerSample, layout.channels) {
    case (.signedInteger, 2...4, 1):
      return kernels.decodeMono(width: layout.bytesPerSample, start, into: left, count: frames)
    case (.signedInteger, 2...4, 2):
      return kernels.decodeStereo(
        width: layout.bytesPerSample, start, left: left, right: buffer.pointer(channel: 1) + offset, count: frames)
    case (.float, 4, 1):
      UnsafeMutableRawPointer(left).copyMemory(from: start, byteCount: 4 * frames)
      return frames
    case (.float, 4, 2):
      kernels.splitEvenOdd(start, left, buffer.pointer(channel: 1) + offset, frames)
      return frames
    default:
      return 0
    }
  }

  /// Decodes one channel.
  private func decode(_ start: UnsafeRawPointer, _ frames: Int, into output: UnsafeMutablePointer<Float>) {
    let stride = layout.bytesPerFrame
    let width = layout.bytesPerSample
    switch layout.coding {
    case .unsignedInteger:
      kernels.decodeInteger(start, stride, width, layout.bigEndian, .min, output, frames)
    case .signedInteger:
      kernels.decodeInteger(start, stride, width, layout.bigEndian, 0, output, frames)
    case .float:
      kernels.decodeFloat(start, stride, width, layout.bigEndian, output, frames)
    case .aLaw, .muLaw:
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        kernels.decodeTable(start, stride, table, output, frames)
      }
    }
  }
}

extension PlanarBuffer {
  /// Replaces NaN and infinity by zero, so that filters do not spread them.
  ///
  /// - Parameter range: which samples of every channel.
  /// - Returns: how many were replaced.
  /// - Precondition: `range` lies within `0..<capacity`.
  public mutating func sanitize(_ range: Range<Int>, instructionSet: InstructionSet = .preferred) -> Int {
    check(range)
    let kernels = instructionSet.kernels
    var replaced = 0
    for channel in 0..<channels {
      replaced += kernels.replaceNonFinite(pointer(channel: channel) + range.lowerBound, range.count)
    }
    return replaced
  }

  /// The largest magnitude in part of all channels: 1.0 is full scale. NaN does not count.
  ///
  /// - Precondition: `range` lies within `0..<capacity`.
  public func peak(_ range: Range<Int>, instructionSet: InstructionSet = .preferred) -> Float {
    check(range)
    let kernels = instructionSet.kernels
    var peak: Float = 0
    for channel in 0..<channels {
      peak = max(peak, kernels.peakMagnitude(pointer(channel: channel) + range.lowerBound, range.count))
    }
    return peak
  }
}
