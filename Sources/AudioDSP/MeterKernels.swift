import AudioKernels
import AudioKernelsV3

/// The measuring kernels of one instruction set; what they do stands beside each in AudioKernels.
struct MeterKernels: Sendable {
  let int16Pairs: @Sendable (UnsafeRawPointer, Int) -> AudioKernels.Int16Totals
  let int24Pairs: @Sendable (UnsafeRawPointer, Int) -> AudioKernels.PairTotals
  let int32Pairs: @Sendable (UnsafeRawPointer, Int) -> AudioKernels.PairTotals
  let float32Pairs: @Sendable (UnsafeRawPointer, Int) -> AudioKernels.PairTotals
  let float64Pairs: @Sendable (UnsafeRawPointer, Int) -> AudioKernels.PairTotals
  let frames:
    @Sendable (
      UnsafePointer<Double>, Int, Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> (difference: Double, mix: Double)
  let rails: @Sendable (UnsafePointer<Double>, Int, Int, Double, Int) -> AudioKernels.RailTotals
  let boundSamples: @Sendable (UnsafeMutablePointer<Double>, Int, Int, Double) -> (count: Int, first: Int)
  let widenIntegers: @Sendable (UnsafeRawPointer, Int, Bool, Int64, UnsafeMutablePointer<Double>, Int) -> Void
  let widenFloats: @Sendable (UnsafeRawPointer, Int, Bool, UnsafeMutablePointer<Double>, Int) -> Void
  let widenCodes: @Sendable (UnsafeRawPointer, UnsafePointer<Float>, UnsafeMutablePointer<Double>, Int) -> Void

  /// The kernels built for an instruction set.
  init(_ instructionSet: InstructionSet) {
    switch instructionSet {
    case .baseline:
      int16Pairs = AudioKernels.measureInt16Pairs
      int24Pairs = AudioKernels.measureInt24Pairs
      int32Pairs = AudioKernels.measureInt32Pairs
      float32Pairs = AudioKernels.measureFloat32Pairs
      float64Pairs = AudioKernels.measureFloat64Pairs
      frames = AudioKernels.measureFrames
      rails = AudioKernels.measureRails
      boundSamples = AudioKernels.boundSamples
      widenIntegers = AudioKernels.widenIntegers
      widenFloats = AudioKernels.widenFloats
      widenCodes = AudioKernels.widenCodes
    case .x86_64_v3:
      int16Pairs = AudioKernelsV3.measureInt16Pairs
      int24Pairs = AudioKernelsV3.measureInt24Pairs
      int32Pairs = AudioKernelsV3.measureInt32Pairs
      float32Pairs = AudioKernelsV3.measureFloat32Pairs
      float64Pairs = AudioKernelsV3.measureFloat64Pairs
      frames = AudioKernelsV3.measureFrames
      rails = AudioKernelsV3.measureRails
      boundSamples = AudioKernelsV3.boundSamples
      widenIntegers = AudioKernelsV3.widenIntegers
      widenFloats = AudioKernelsV3.widenFloats
      widenCodes = AudioKernelsV3.widenCodes
    }
  }
}
