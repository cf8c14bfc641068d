#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The factor that `decibels` stand for: 20 dB are ten times the amplitude.
func amplitude(ofDecibels decibels: Double) -> Double { pow(10, decibels / 20) }

/// An amplitude in decibels: 1 is 0 dB, 0 is minus infinity.
func decibels(ofAmplitude amplitude: Double) -> Double { 20 * log10(amplitude) }

/// A number with one decimal for reports, without a superfluous zero.
func decimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}
