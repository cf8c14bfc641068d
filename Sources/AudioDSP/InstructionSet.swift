import CPUFeatures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The instruction set that a kernel was compiled for.
///
/// The kernels' one source is built twice: `AudioKernels` for the platform's baseline (SSE2 on x86-64, NEON on arm64)
/// and `AudioKernelsV3` for x86-64-v3 (AVX2 and FMA). A third build for AVX-512 was tried; it gained a tenth at best.
public enum InstructionSet: String, Sendable, CaseIterable {
  /// What every processor of the architecture has.
  case baseline
  /// x86-64-v3: AVX2, FMA, BMI2.
  case x86_64_v3 = "x86-64-v3"

  /// The sets that this processor can run, from the narrowest to the widest.
  public static let available: [InstructionSet] = allCases.filter(\.isSupported)

  /// The set used where no other is asked for: the widest available, or the one that the environment variable
  /// `WAVPREP_KERNELS` names, if that is available.
  public static let preferred: InstructionSet = {
    let forced = getenv("WAVPREP_KERNELS").flatMap { InstructionSet(rawValue: String(cString: $0)) }
    if let forced, forced.isSupported { return forced }
    return available.last ?? .baseline
  }()

  private var isSupported: Bool {
    switch self {
    case .baseline: true
    case .x86_64_v3: cpu_supports_x86_64_v3()
    }
  }
}
