#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells from a sample of a file whether its sound fills the band that its rate gives it.
///
/// Pieces spread over the file are windowed and transformed, and their power spectra added up over all channels.
public struct BandMeter: Sendable {
  /// Frames of a piece: 31 Hz a bin at 16 kHz.
  public static let pieceFrames = 512
  /// How many pieces are looked at: enough for several of the sounds, like s and t, that reach up to the band's end,
  /// and quick even for many files.
  public static let pieces = 64

  private let channels: Int
  private var spectrum = [Double](repeating: 0, count: BandMeter.pieceFrames / 2)
  private var added = 0
  /// Room for a piece's samples, real and imaginary, and for what the transform needs besides.
  private var scratch = [Float](repeating: 0, count: 8 * BandMeter.pieceFrames)

  /// 512 is among the lengths that there are plans for.
  private static let plan = FourierPlan(length: pieceFrames)
  /// Hann's window: its side lobes fall by 18 dB an octave, so a loud low tone leaves the upper band clean.
  private static let taper = (0..<pieceFrames).map { frame in
    Float(0.5 - 0.5 * cos(2 * Double.pi * (Double(frame) + 0.5) / Double(pieceFrames)))
  }

  /// Starts with no piece.
  ///
  /// - Parameter channels: samples of a frame, at least 1.
  public init(channels: Int) { self.channels = channels }

  /// The first frames of the pieces of a file of `frames` frames, evenly spread, in order; none for a file that is
  /// shorter than a piece.
  public static func places(frames: Int) -> [Int] {
    let room = frames - pieceFrames
    guard room >= 0 else { return [] }
    let count = min(pieces, frames / pieceFrames)
    guard count > 1 else { return [0] }
    // Division first: a header may claim frames by the quintillion.
    return (0..<count).map { room / (count - 1) * $0 + room % (count - 1) * $0 / (count - 1) }
  }

  /// Adds a piece, ``pieceFrames`` frames of a layout of as many channels.
  public mutating func add(_ bytes: RawSpan, _ layout: SampleLayout, instructionSet: InstructionSet = .preferred) {
    let decoder = MeterDecoder(layout, MeterKernels(instructionSet))
    var samples = [Double](repeating: 0, count: BandMeter.pieceFrames * layout.channels)
    precondition(bytes.byteCount == BandMeter.pieceFrames * layout.bytesPerFrame, "not a piece")
    bytes.withUnsafeBytes { raw in
      samples.withUnsafeMutableBufferPointer { samples in
        guard let start = raw.baseAddress, let room = samples.baseAddress else { return }
        decoder.decode(start, into: room, count: samples.count)
      }
    }
    add(samples.span)
  }

  /// Adds a piece.
  ///
  /// - Parameter samples: ``pieceFrames`` frames, channels interleaved; what is not finite counts as zero.
  /// - Precondition: there are as many samples.
  public mutating func add(_ samples: Span<Double>) {
    precondition(samples.count == BandMeter.pieceFrames * channels, "not a piece")
    // Two real signals go through one complex transform: |X|² + |Y|² is the mean of |Z(k)|² and |Z(−k)|², doubled.
    for channel in stride(from: 0, to: channels, by: 2) {
      load(samples, channel)
      addSpectrum()
    }
    added += 1
  }

  /// Puts a channel and the next, if there is one, into the scratch, windowed.
  private mutating func load(_ samples: Span<Double>, _ channel: Int) {
    let channels = channels
    let hasOther = channel + 1 < channels
    var scratch = scratch.mutableSpan
    for (frame, weight) in BandMeter.taper.enumerated() {
      let index = frame * channels + channel
      scratch[frame] = BandMeter.bounded(samples[index]) * weight
      scratch[BandMeter.pieceFrames + frame] = hasOther ? BandMeter.bounded(samples[index + 1]) * weight : 0
    }
  }

  /// Transforms what the scratch begins with, and adds its power to the spectrum.
  private mutating func addSpectrum() {
    let count = BandMeter.pieceFrames
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard let start = scratch.baseAddress else { return }
      // Four pairs of arrays of `count` floats each, one after another: what the transform's precondition asks for.
      let pairs = (0..<4).map {
        ComplexPointer(real: start + 2 * count * $0, imaginary: start + 2 * count * $0 + count)
      }
      let result = pairs[1]
      // One build for all processors, so that what is found does not hang on how each rounds.
      BandMeter.plan?.forward(
        pairs[0], into: result, first: pairs[2], second: pairs[3], kernels: InstructionSet.baseline.kernels)
      for bin in 0..<count / 2 {
        spectrum[bin] += result.power(bin) + result.power((count - bin) % count)
      }
    }
  }

  /// A sample that stays finite when hundreds are added up, and 0 for what is no number.
  private static func bounded(_ sample: Double) -> Float {
    sample.isFinite ? Float(max(-1e30, min(sample, 1e30))) : 0
  }

  /// The sound's upper end, as a share of the band, 0 to 1: above it there is next to nothing. Nil where the pieces
  /// hold too little sound to tell.
  public var upperEnd: Double? {
    // Bin 0 and its neighbour hold the mean, which is not sound.
    let powers = spectrum.enumerated().map { $0.offset < 2 ? 0 : $0.element }
    let total = powers.reduce(0, +)
    // Parseval: the window's mean square is 3/8, and both halves of the spectrum are in the sum.
    let unit = 3.0 / 8 * Double(BandMeter.pieceFrames * BandMeter.pieceFrames * max(1, added) * channels)
    guard total / unit > Decibels.power(LevelThreshold.silentPeak) else { return nil }
    let nothing = max(
      total * Decibels.power(LevelThreshold.emptyBandShare), unit * Decibels.power(LevelThreshold.emptyBand))
    var above = 0.0
    var bin = powers.count
    while bin > 0, above + powers[bin - 1] <= nothing {
      above += powers[bin - 1]
      bin -= 1
    }
    return Double(bin) / Double(powers.count)
  }
}

extension ComplexPointer {
  /// The square of a number's magnitude.
  ///
  /// - Precondition: the arrays hold it.
  fileprivate func power(_ index: Int) -> Double {
    let (real, imaginary) = (Double(real[index]), Double(imaginary[index]))
    return real * real + imaginary * imaginary
  }
}
