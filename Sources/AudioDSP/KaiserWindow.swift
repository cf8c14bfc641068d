#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The window by which an ideal low-pass is cut to a finite one with a given attenuation (J. F. Kaiser, "Nonrecursive
/// digital filter design using the I0-sinh window function", 1974). The formulas hold above 50 dB.
struct KaiserWindow {
  private let beta: Double
  private let scale: Double

  /// The window whose filters are `attenuation` dB down.
  init(attenuation: Double) {
    beta = 0.1102 * (attenuation - 8.7)
    scale = 1 / Self.besselI0(squaredHalf: beta * beta / 4)
  }

  /// The length, in samples, of a filter whose response falls within `width`, a fraction of the sampling rate.
  static func length(attenuation: Double, width: Double) -> Double {
    (attenuation - 7.95) / (14.36 * width)
  }

  /// The window at `position` from −1 to 1.
  func callAsFunction(_ position: Double) -> Double {
    Self.besselI0(squaredHalf: beta * beta / 4 * max(0, 1 - position * position)) * scale
  }

  /// The modified Bessel function I₀(x) by its power series in (x/2)².
  private static func besselI0(squaredHalf: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var order = 1.0
    while term > sum * 1e-17 {
      term *= squaredHalf / (order * order)
      sum += term
      order += 1
    }
    return sum
  }
}

/// sin(πx) / (πx).
func sinc(_ x: Double) -> Double {
  x == 0 ? 1 : sin(.pi * x) / (.pi * x)
}
