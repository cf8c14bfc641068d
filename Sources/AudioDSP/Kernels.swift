import AudioKernels
import AudioKernelsV3

/// The kernels of one instruction set. The two modules hold the same source: this is where one of them is chosen.
struct Kernels: Sendable {
  let decodeInteger: @Sendable (UnsafeRawPointer, Int, Int, Bool, Int64, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeFloat: @Sendable (UnsafeRawPointer, Int, Int, Bool, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeTable: @Sendable (UnsafeRawPointer, Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  /// By bytes in a sample, 2 to 4; they return how many samples or frames they decoded.
  let decodeMono: @Sendable (Int, UnsafeRawPointer, UnsafeMutablePointer<Float>, Int) -> Int
  let decodeStereo:
    @Sendable (Int, UnsafeRawPointer, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Int
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
  /// Radix, source, target, twiddles, length, stride.
  let fourierPass: @Sendable (Int, ComplexPointer, ComplexPointer, UnsafePointer<Float>, Int, Int) -> Void
  let fourierJoin: @Sendable (ComplexPointer, ComplexPointer, UnsafePointer<Float>, Int) -> Void
  let fourierSplit: @Sendable (ComplexPointer, ComplexPointer, UnsafePointer<Float>, Int) -> Void
  let fourierMultiply:
    @Sendable (ComplexPointer, ComplexPointer, UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void
  let quantize:
    @Sendable (
      UnsafePointer<Float>, Int, Float, Int32, Int32, NoisePlace?, UnsafeMutableRawPointer, Int, Int
    ) -> Int
  let writeFloats: @Sendable (UnsafePointer<Float>, Int, Float, UnsafeMutableRawPointer, Int) -> Void
}

/// Where in the stream of noise a block starts.
struct NoisePlace {
  let first: UInt32
  let second: UInt32
  let counter: UInt32
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
  fileprivate static let baseline = Kernels(
    decodeInteger: AudioKernels.decodeInteger,
    decodeFloat: AudioKernels.decodeFloat,
    decodeTable: AudioKernels.decodeTable,
    decodeMono: { width, bytes, output, count in
      switch width {
      case 2: AudioKernels.decodeMono16(bytes, into: output, count: count)
      case 3: AudioKernels.decodeMono24(bytes, into: output, count: count)
      default: AudioKernels.decodeMono32(bytes, into: output, count: count)
      }
    },
    decodeStereo: { width, bytes, left, right, count in
      switch width {
      case 2: AudioKernels.decodeStereo16(bytes, left: left, right: right, count: count)
      case 3: AudioKernels.decodeStereo24(bytes, left: left, right: right, count: count)
      default: AudioKernels.decodeStereo32(bytes, left: left, right: right, count: count)
      }
    },
    replaceNonFinite: AudioKernels.replaceNonFinite,
    peakMagnitude: AudioKernels.peakMagnitude,
    mixMean: AudioKernels.mixMean,
    mixAdd: AudioKernels.mixAdd,
    energy: AudioKernels.energy,
    difference: AudioKernels.difference,
    stereoStatistics: AudioKernels.stereoStatistics,
    splitEvenOdd: AudioKernels.splitEvenOdd,
    halfBand: AudioKernels.halfBand,
    polyphase: AudioKernels.polyphase,
    fourierPass: { radix, source, target, twiddles, length, stride in
      switch radix {
      case 2:
        AudioKernels.fourierPass2(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 3:
        AudioKernels.fourierPass3(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 4:
        AudioKernels.fourierPass4(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 5:
        AudioKernels.fourierPass5(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      default:
        AudioKernels.fourierPass7(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      }
    },
    fourierJoin: { source, target, twiddles, rows in
      AudioKernels.fourierJoin(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        twiddles: twiddles, rows: rows)
    },
    fourierSplit: { source, target, twiddles, rows in
      AudioKernels.fourierSplit(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        twiddles: twiddles, rows: rows)
    },
    fourierMultiply: { source, target, real, imaginary, count in
      AudioKernels.fourierMultiply(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        responseReal: real, responseImaginary: imaginary, count: count)
    },
    quantize: { samples, count, scale, lowest, highest, place, output, stride, width in
      AudioKernels.quantize(
        samples, count: count, scale: scale, lowest: lowest, highest: highest,
        dither: place != nil, firstKey: place?.first ?? 0, secondKey: place?.second ?? 0, counter: place?.counter ?? 0,
        into: output, stride: stride, width: width)
    },
    writeFloats: AudioKernels.writeFloats)

  fileprivate static let x86_64_v3 = Kernels(
    decodeInteger: AudioKernelsV3.decodeInteger,
    decodeFloat: AudioKernelsV3.decodeFloat,
    decodeTable: AudioKernelsV3.decodeTable,
    decodeMono: { width, bytes, output, count in
      switch width {
      case 2: AudioKernelsV3.decodeMono16(bytes, into: output, count: count)
      case 3: AudioKernelsV3.decodeMono24(bytes, into: output, count: count)
      default: AudioKernelsV3.decodeMono32(bytes, into: output, count: count)
      }
    },
    decodeStereo: { width, bytes, left, right, count in
      switch width {
      case 2: AudioKernelsV3.decodeStereo16(bytes, left: left, right: right, count: count)
      case 3: AudioKernelsV3.decodeStereo24(bytes, left: left, right: right, count: count)
      default: AudioKernelsV3.decodeStereo32(bytes, left: left, right: right, count: count)
      }
    },
    replaceNonFinite: AudioKernelsV3.replaceNonFinite,
    peakMagnitude: AudioKernelsV3.peakMagnitude,
    mixMean: AudioKernelsV3.mixMean,
    mixAdd: AudioKernelsV3.mixAdd,
    energy: AudioKernelsV3.energy,
    difference: AudioKernelsV3.difference,
    stereoStatistics: AudioKernelsV3.stereoStatistics,
    splitEvenOdd: AudioKernelsV3.splitEvenOdd,
    halfBand: AudioKernelsV3.halfBand,
    polyphase: AudioKernelsV3.polyphase,
    fourierPass: { radix, source, target, twiddles, length, stride in
      switch radix {
      case 2:
        AudioKernelsV3.fourierPass2(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 3:
        AudioKernelsV3.fourierPass3(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 4:
        AudioKernelsV3.fourierPass4(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      case 5:
        AudioKernelsV3.fourierPass5(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      default:
        AudioKernelsV3.fourierPass7(
          realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
          twiddles: twiddles, length: length, stride: stride)
      }
    },
    fourierJoin: { source, target, twiddles, rows in
      AudioKernelsV3.fourierJoin(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        twiddles: twiddles, rows: rows)
    },
    fourierSplit: { source, target, twiddles, rows in
      AudioKernelsV3.fourierSplit(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        twiddles: twiddles, rows: rows)
    },
    fourierMultiply: { source, target, real, imaginary, count in
      AudioKernelsV3.fourierMultiply(
        realIn: source.real, imaginaryIn: source.imaginary, realOut: target.real, imaginaryOut: target.imaginary,
        responseReal: real, responseImaginary: imaginary, count: count)
    },
    quantize: { samples, count, scale, lowest, highest, place, output, stride, width in
      AudioKernelsV3.quantize(
        samples, count: count, scale: scale, lowest: lowest, highest: highest,
        dither: place != nil, firstKey: place?.first ?? 0, secondKey: place?.second ?? 0, counter: place?.counter ?? 0,
        into: output, stride: stride, width: width)
    },
    writeFloats: AudioKernelsV3.writeFloats)
}
