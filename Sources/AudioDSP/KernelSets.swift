import AudioKernels
import AudioKernelsV3

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
    decodeMono16: AudioKernels.decodeMono16,
    decodeMono24: AudioKernels.decodeMono24,
    decodeMono32: AudioKernels.decodeMono32,
    decodeStereo16: AudioKernels.decodeStereo16,
    decodeStereo24: AudioKernels.decodeStereo24,
    decodeStereo32: AudioKernels.decodeStereo32,
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
    fourierPass2: AudioKernels.fourierPass2,
    fourierPass3: AudioKernels.fourierPass3,
    fourierPass4: AudioKernels.fourierPass4,
    fourierPass5: AudioKernels.fourierPass5,
    fourierPass7: AudioKernels.fourierPass7,
    fourierJoin: AudioKernels.fourierJoin,
    fourierSplit: AudioKernels.fourierSplit,
    fourierMultiply: AudioKernels.fourierMultiply,
    quantize: AudioKernels.quantize,
    writeFloats: AudioKernels.writeFloats)

  fileprivate static let x86_64_v3 = Kernels(
    decodeInteger: AudioKernelsV3.decodeInteger,
    decodeFloat: AudioKernelsV3.decodeFloat,
    decodeTable: AudioKernelsV3.decodeTable,
    decodeMono16: AudioKernelsV3.decodeMono16,
    decodeMono24: AudioKernelsV3.decodeMono24,
    decodeMono32: AudioKernelsV3.decodeMono32,
    decodeStereo16: AudioKernelsV3.decodeStereo16,
    decodeStereo24: AudioKernelsV3.decodeStereo24,
    decodeStereo32: AudioKernelsV3.decodeStereo32,
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
    fourierPass2: AudioKernelsV3.fourierPass2,
    fourierPass3: AudioKernelsV3.fourierPass3,
    fourierPass4: AudioKernelsV3.fourierPass4,
    fourierPass5: AudioKernelsV3.fourierPass5,
    fourierPass7: AudioKernelsV3.fourierPass7,
    fourierJoin: AudioKernelsV3.fourierJoin,
    fourierSplit: AudioKernelsV3.fourierSplit,
    fourierMultiply: AudioKernelsV3.fourierMultiply,
    quantize: AudioKernelsV3.quantize,
    writeFloats: AudioKernelsV3.writeFloats)
}
