#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Levels in dBFS: 0 is full scale, an amplitude and a power of 1.
public enum Decibels {
  /// The amplitude of a level.
  public static func amplitude(_ decibels: Double) -> Double { pow(10, decibels / 20) }

  /// The power of a level.
  public static func power(_ decibels: Double) -> Double { pow(10, decibels / 10) }

  /// The level of a power; nil for no power, whose level is beyond all numbers.
  public static func of(power: Double) -> Double? { power > 0 ? 10 * log10(power) : nil }

  /// The level of an amplitude; nil for none.
  public static func of(amplitude: Double) -> Double? { amplitude > 0 ? 20 * log10(amplitude) : nil }
}
