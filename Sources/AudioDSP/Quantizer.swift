/// Turns planar floats into the bytes of a WAVE file: little-endian, interleaved.
///
/// Dither is a function of the seed, the channel and the absolute frame, so blocks may be cut anywhere and worked on
/// in any order: the bytes are the same.
public struct Quantizer: Sendable {
  /// What the samples become.
  public enum Format: String, Sendable, CaseIterable {
    /// 16-bit two's complement.
    case pcm16
    /// 24-bit two's complement.
    case pcm24
    /// 32-bit two's complement. Coarser than its least significant bit wherever the float is above −48 dBFS.
    case pcm32
    /// IEEE 754 single precision.
    case float32

    /// Bytes in a sample.
    public var bytesPerSample: Int {
      switch self {
      case .pcm16: 2
      case .pcm24: 3
      case .pcm32, .float32: 4
      }
    }
  }

  /// The noise added before rounding.
  public enum Dither: String, Sendable, CaseIterable {
    /// None: rounding to nearest, ties to even.
    case none
    /// Triangular noise of ±1 least significant bit, which makes the error's mean and power independent of the signal
    /// (Lipshitz, Wannamaker, Vanderkooy: "Quantization and Dither", 1992).
    case tpdf
  }

  /// What the samples become.
  public let format: Format
  private let gain: Float
  private let seed: UInt64?
  private let kernels: Kernels

  /// Makes a quantiser.
  ///
  /// - Parameters:
  ///   - format: what the samples become.
  ///   - dither: the noise added before rounding to 16 or 24 bits; the two other formats lose no bits of the float.
  ///   - seed: chooses the noise.
  ///   - gain: what the samples are multiplied by, 1 for none.
  ///   - instructionSet: the build of the kernels to use, one of ``InstructionSet/available``.
  public init(
    format: Format, dither: Dither, seed: UInt64 = 0, gain: Float = 1, instructionSet: InstructionSet = .preferred
  ) {
    self.format = format
    self.gain = gain
    self.seed = dither == .tpdf && (format == .pcm16 || format == .pcm24) ? seed : nil
    kernels = instructionSet.kernels
  }

  /// Writes the first `frames` frames of `buffer` as bytes. Values beyond full scale saturate, NaN becomes 0.
  ///
  /// - Parameters:
  ///   - buffer: the samples; full scale is ±1.0.
  ///   - frames: how many frames to write.
  ///   - firstFrame: the number of the first one in the whole output, from 0.
  ///   - bytes: has room for the frames.
  /// - Returns: how many samples were beyond full scale; 0 for floats.
  /// - Precondition: `buffer` holds the frames and `bytes` has room for them; `firstFrame` ≥ 0.
  public func quantize(
    _ buffer: borrowing PlanarBuffer, frames: Int, firstFrame: Int64, into bytes: inout MutableRawSpan
  ) -> Int {
    let bytesPerFrame = format.bytesPerSample * buffer.channels
    precondition(frames >= 0 && bytes.byteCount / bytesPerFrame >= frames, "fewer bytes than frames")
    buffer.check(0..<frames)
    var clipped = 0
    bytes.withUnsafeMutableBytes { raw in
      guard frames > 0, let start = raw.baseAddress else { return }
      for channel in 0..<buffer.channels {
        clipped += quantize(
          buffer.pointer(channel: channel), frames, channel, firstFrame,
          into: start + channel * format.bytesPerSample, stride: bytesPerFrame)
      }
    }
    return clipped
  }

  /// Quantises one channel.
  private func quantize(
    _ samples: UnsafePointer<Float>, _ frames: Int, _ channel: Int, _ firstFrame: Int64,
    into output: UnsafeMutableRawPointer, stride: Int
  ) -> Int {
    let bits: Int
    switch format {
    case .pcm16: bits = 16
    case .pcm24: bits = 24
    case .pcm32: bits = 32
    case .float32:
      kernels.writeFloats(samples, frames, gain, output, stride)
      return 0
    }
    let highest = Int32.max >> (32 - bits)
    let scale = gain * Float(sign: .plus, exponent: bits - 1, significand: 1)
    var clipped = 0
    var done = 0
    while done < frames {
      // The kernel's counter has 32 bits; the rest of the frame's number is part of the key.
      let frame = UInt64(bitPattern: firstFrame) &+ UInt64(done)
      let counter = UInt32(truncatingIfNeeded: frame)
      let count = Int(min(UInt64(frames - done), UInt64(UInt32.max - counter) + 1))
      let key = seed.map { Self.key(seed: $0, channel: channel, epoch: frame >> 32) }
      clipped += kernels.quantize(
        samples + done, count, scale, -highest - 1, highest, key != nil, UInt32(truncatingIfNeeded: key ?? 0),
        UInt32(truncatingIfNeeded: (key ?? 0) >> 32), counter, output + done * stride, stride, format.bytesPerSample)
      done += count
    }
    return clipped
  }

  /// 64 bits in which every bit of the arguments has a part: two rounds of a multiplicative mixer.
  private static func key(seed: UInt64, channel: Int, epoch: UInt64) -> UInt64 {
    var word = seed
    for part in [UInt64(channel), epoch] {
      word = (word ^ part) &+ 0x9E37_79B9_7F4A_7C15
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
    }
    return word
  }
}
