import CPUFeatures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The instruction set that a kernel was compiled for.
///
/// The kernels' one source is built twice: `AudioKernels` for the platform's baseline (SSE2 on x86-64, NEON on arm64)
/// and `AudioKernelsV3` for x86-64-v3 (AVX2 and FMA).
public enum InstructionSet: String, Sendable, CaseIterable {
  /// What every processor of the architecture has.
  case baseline
  /// x86-64-v3: AVX2, FMA, BMI2.
  case x86_64_v3 = "x86-64-v3"

  /// The sets that this processor can run, `baseline` first.
  public static let available: [InstructionSet] = cpu_supports_x86_64_v3() ? [.baseline, .x86_64_v3] : [.baseline]

  /// The set used where no other is asked for: the widest available, or `baseline` when the environment variable
  /// `WAVPREP_KERNELS` is `baseline`.
  public static let preferred: InstructionSet = {
    if let forced = getenv("WAVPREP_KERNELS"), String(cString: forced) == InstructionSet.baseline.rawValue {
      return .baseline
    }
    return available.last ?? .baseline
  }()
}
