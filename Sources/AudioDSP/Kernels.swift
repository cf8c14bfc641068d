import AudioKernels
import AudioKernelsV3

/// The kernels of one instruction set. The two modules hold the same source: this is where one of them is chosen.
struct Kernels: Sendable {
  let decodeInteger: @Sendable (UnsafeRawPointer, Int, Int, Bool, Int64, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeFloat: @Sendable (UnsafeRawPointer, Int, Int, Bool, UnsafeMutablePointer<Float>, Int) -> Void
  let decodeTable: @Sendable (UnsafeRawPointer, Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let replaceNonFinite: @Sendable (UnsafeMutablePointer<Float>, Int) -> Int
  let peakMagnitude: @Sendable (UnsafePointer<Float>, Int) -> Float
  let mixMean: @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let mixAdd: @Sendable (UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int) -> Void
  let energy: @Sendable (UnsafePointer<Float>, Int) -> Double
  let difference: @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> (largest: Float, bitsDiffer: Bool)
  let splitEvenOdd:
    @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  let halfBand:
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int
    ) -> Void
  let polyphase:
    @Sendable (
      UnsafePointer<Float>, Int, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int, Int
    ) -> Void
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
    replaceNonFinite: AudioKernels.replaceNonFinite,
    peakMagnitude: AudioKernels.peakMagnitude,
    mixMean: AudioKernels.mixMean,
    mixAdd: AudioKernels.mixAdd,
    energy: AudioKernels.energy,
    difference: AudioKernels.difference,
    splitEvenOdd: AudioKernels.splitEvenOdd,
    halfBand: AudioKernels.halfBand,
    polyphase: AudioKernels.polyphase,
    quantize: { samples, count, scale, lowest, highest, place, output, stride, width in
      AudioKernels.quantize(
        samples, count: count, scale: scale, lowest: lowest, highest: highest,
        noise: place.map { AudioKernels.DitherKey(first: $0.first, second: $0.second, counter: $0.counter) },
        into: output, stride: stride, width: width)
    },
    writeFloats: AudioKernels.writeFloats)

  fileprivate static let x86_64_v3 = Kernels(
    decodeInteger: AudioKernelsV3.decodeInteger,
    decodeFloat: AudioKernelsV3.decodeFloat,
    decodeTable: AudioKernelsV3.decodeTable,
    replaceNonFinite: AudioKernelsV3.replaceNonFinite,
    peakMagnitude: AudioKernelsV3.peakMagnitude,
    mixMean: AudioKernelsV3.mixMean,
    mixAdd: AudioKernelsV3.mixAdd,
    energy: AudioKernelsV3.energy,
    difference: AudioKernelsV3.difference,
    splitEvenOdd: AudioKernelsV3.splitEvenOdd,
    halfBand: AudioKernelsV3.halfBand,
    polyphase: AudioKernelsV3.polyphase,
    quantize: { samples, count, scale, lowest, highest, place, output, stride, width in
      AudioKernelsV3.quantize(
        samples, count: count, scale: scale, lowest: lowest, highest: highest,
        noise: place.map { AudioKernelsV3.DitherKey(first: $0.first, second: $0.second, counter: $0.counter) },
        into: output, stride: stride, width: width)
    },
    writeFloats: AudioKernelsV3.writeFloats)
}
