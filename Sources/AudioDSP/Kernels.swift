import AudioKernels
import AudioKernelsV3

/// The kernels of one instruction set; what they do stands beside each in AudioKernels. Both modules hold the same
/// source: this is where one of them is chosen.
///
/// A class, so that to hand them on is to count one reference, not thirty.
final class Kernels: Sendable {
  let decodeInteger: @Sendable (UnsafeRawPointer, Int, Int, Bool, Int64, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeFloat: @Sendable (UnsafeRawPointer, Int, Int, Bool, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeTable: @Sendable (UnsafeRawPointer, Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeMono16, decodeMono24, decodeMono32: DecodeMono
  let decodeStereo16, decodeStereo24, decodeStereo32: DecodeStereo
  let replaceNonFinite: @Sendable (UnsafeMutablePointer<Float>, Int) -> Int
  let peakMagnitude: @Sendable (UnsafePointer<Float>, Int) -> Float
  let mixMean: @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let mixAdd: @Sendable (UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int) -> Void
  let energy: @Sendable (UnsafePointer<Float>, Int) -> Double
  let difference: @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> (largest: Float, bitsDiffer: Bool)
  let stereoStatistics:
    @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> (
      left: Double, right: Double, mean: Double, largest: Float, bitsDiffer: Bool
    )
  let splitEvenOdd: @Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let halfBand:
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int
    ) -> Void
  let polyphase:
    @Sendable (
      UnsafePointer<Float>, Int, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int, Int
    ) -> Void
  let fourierPass2, fourierPass3, fourierPass4, fourierPass5, fourierPass7: FourierPass
  let fourierJoin, fourierSplit: FourierColumns
  let fourierMultiply:
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafePointer<Float>, UnsafePointer<Float>, Int
    ) -> Void
  let quantize:
    @Sendable (
      UnsafePointer<Float>, Int, Float, Int32, Int32, Bool, UInt32, UInt32, UInt32, UnsafeMutableRawPointer, Int, Int
    ) -> Int
  let writeFloats: @Sendable (UnsafePointer<Float>, Int, Float, UnsafeMutableRawPointer, Int) -> Void

  typealias DecodeMono = @Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, Int) -> Int
  typealias DecodeStereo =
    @Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Int
  typealias FourierPass =
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafePointer<Float>, Int, Int
    ) -> Void
  typealias FourierColumns =
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafePointer<Float>, Int
    ) -> Void

  private init(_ instructionSet: InstructionSet) {
    switch instructionSet {
    case .baseline:
      decodeInteger = AudioKernels.decodeInteger
      decodeFloat = AudioKernels.decodeFloat
      decodeTable = AudioKernels.decodeTable
      decodeMono16 = AudioKernels.decodeMono16
      decodeMono24 = AudioKernels.decodeMono24
      decodeMono32 = AudioKernels.decodeMono32
      decodeStereo16 = AudioKernels.decodeStereo16
      decodeStereo24 = AudioKernels.decodeStereo24
      decodeStereo32 = AudioKernels.decodeStereo32
      replaceNonFinite = AudioKernels.replaceNonFinite
      peakMagnitude = AudioKernels.peakMagnitude
      mixMean = AudioKernels.mixMean
      mixAdd = AudioKernels.mixAdd
      energy = AudioKernels.energy
      difference = AudioKernels.difference
      stereoStatistics = AudioKernels.stereoStatistics
      splitEvenOdd = AudioKernels.splitEvenOdd
      halfBand = AudioKernels.halfBand
      polyphase = AudioKernels.polyphase
      fourierPass2 = AudioKernels.fourierPass2
      fourierPass3 = AudioKernels.fourierPass3
      fourierPass4 = AudioKernels.fourierPass4
      fourierPass5 = AudioKernels.fourierPass5
      fourierPass7 = AudioKernels.fourierPass7
      fourierJoin = AudioKernels.fourierJoin
      fourierSplit = AudioKernels.fourierSplit
      fourierMultiply = AudioKernels.fourierMultiply
      quantize = AudioKernels.quantize
      writeFloats = AudioKernels.writeFloats
    case .x86_64_v3:
      decodeInteger = AudioKernelsV3.decodeInteger
      decodeFloat = AudioKernelsV3.decodeFloat
      decodeTable = AudioKernelsV3.decodeTable
      decodeMono16 = AudioKernelsV3.decodeMono16
      decodeMono24 = AudioKernelsV3.decodeMono24
      decodeMono32 = AudioKernelsV3.decodeMono32
      decodeStereo16 = AudioKernelsV3.decodeStereo16
      decodeStereo24 = AudioKernelsV3.decodeStereo24
      decodeStereo32 = AudioKernelsV3.decodeStereo32
      replaceNonFinite = AudioKernelsV3.replaceNonFinite
      peakMagnitude = AudioKernelsV3.peakMagnitude
      mixMean = AudioKernelsV3.mixMean
      mixAdd = AudioKernelsV3.mixAdd
      energy = AudioKernelsV3.energy
      difference = AudioKernelsV3.difference
      stereoStatistics = AudioKernelsV3.stereoStatistics
      splitEvenOdd = AudioKernelsV3.splitEvenOdd
      halfBand = AudioKernelsV3.halfBand
      polyphase = AudioKernelsV3.polyphase
      fourierPass2 = AudioKernelsV3.fourierPass2
      fourierPass3 = AudioKernelsV3.fourierPass3
      fourierPass4 = AudioKernelsV3.fourierPass4
      fourierPass5 = AudioKernelsV3.fourierPass5
      fourierPass7 = AudioKernelsV3.fourierPass7
      fourierJoin = AudioKernelsV3.fourierJoin
      fourierSplit = AudioKernelsV3.fourierSplit
      fourierMultiply = AudioKernelsV3.fourierMultiply
      quantize = AudioKernelsV3.quantize
      writeFloats = AudioKernelsV3.writeFloats
    }
  }

  fileprivate static let baseline = Kernels(.baseline)
  fileprivate static let x86_64_v3 = Kernels(.x86_64_v3)
}

extension InstructionSet {
  /// The kernels built for this instruction set.
  var kernels: Kernels {
    switch self {
    case .baseline: .baseline
    case .x86_64_v3: .x86_64_v3
    }
  }
}

extension Kernels {
  /// Packed integers of 2 to 4 bytes; returns how many samples were decoded, whole registers.
  func decodeMono(
    width: Int, _ bytes: UnsafeRawPointer, into output: UnsafeMutablePointer<Float>, count: Int
  ) -> Int {
    switch width {
    case 2: decodeMono16(bytes, output, count)
    case 3: decodeMono24(bytes, output, count)
    default: decodeMono32(bytes, output, count)
    }
  }

  /// Frames of two packed integers of 2 to 4 bytes; returns how many were decoded, whole registers.
  func decodeStereo(
    width: Int, _ bytes: UnsafeRawPointer, left: UnsafeMutablePointer<Float>, right: UnsafeMutablePointer<Float>,
    count: Int
  ) -> Int {
    switch width {
    case 2: decodeStereo16(bytes, left, right, count)
    case 3: decodeStereo24(bytes, left, right, count)
    default: decodeStereo32(bytes, left, right, count)
    }
  }

  /// A pass of a transform, of radix 2, 3, 4, 5 or 7.
  func fourierPass(
    radix: Int, _ source: ComplexPointer, _ target: ComplexPointer, _ twiddles: UnsafePointer<Float>, length: Int,
    stride: Int
  ) {
    let pass =
      switch radix {
      case 2: fourierPass2
      case 3: fourierPass3
      case 4: fourierPass4
      case 5: fourierPass5
      default: fourierPass7
      }
    pass(source.real, source.imaginary, target.real, target.imaginary, twiddles, length, stride)
  }

  /// From the columns' transforms to bins.
  func fourierJoin(_ source: ComplexPointer, _ target: ComplexPointer, _ twiddles: UnsafePointer<Float>, rows: Int) {
    fourierJoin(source.real, source.imaginary, target.real, target.imaginary, twiddles, rows)
  }

  /// From bins to columns.
  func fourierSplit(_ source: ComplexPointer, _ target: ComplexPointer, _ twiddles: UnsafePointer<Float>, rows: Int) {
    fourierSplit(source.real, source.imaginary, target.real, target.imaginary, twiddles, rows)
  }

  /// Multiplies `count` bins by a response.
  func fourierMultiply(
    _ source: ComplexPointer, _ target: ComplexPointer, _ real: UnsafePointer<Float>,
    _ imaginary: UnsafePointer<Float>, count: Int
  ) {
    fourierMultiply(source.real, source.imaginary, target.real, target.imaginary, real, imaginary, count)
  }
}
