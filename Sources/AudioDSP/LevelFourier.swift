#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A complex Fourier transform of a power of two, decimation in time (Cooley and Tukey).
struct FourierTransform: Sendable {
  private let cosines: [Double]
  private let sines: [Double]
  private let order: [Int]

  init(_ count: Int) {
    cosines = (0..<count / 2).map { cos(2 * Double.pi * Double($0) / Double(count)) }
    sines = (0..<count / 2).map { -sin(2 * Double.pi * Double($0) / Double(count)) }
    var order = [0]
    while order.count < count { order = order.map { 2 * $0 } + order.map { 2 * $0 + 1 } }
    self.order = order
  }

  func run(_ real: inout [Double], _ imaginary: inout [Double]) {
    let count = order.count
    for (index, other) in order.enumerated() where index < other {
      real.swapAt(index, other)
      imaginary.swapAt(index, other)
    }
    var half = 1
    while half < count {
      for start in stride(from: 0, to: count, by: 2 * half) {
        for offset in 0..<half {
          let (low, high) = (start + offset, start + offset + half)
          let turn = offset * (count / (2 * half))
          let turned = (
            real[high] * cosines[turn] - imaginary[high] * sines[turn],
            real[high] * sines[turn] + imaginary[high] * cosines[turn]
          )
          (real[high], imaginary[high]) = (real[low] - turned.0, imaginary[low] - turned.1)
          (real[low], imaginary[low]) = (real[low] + turned.0, imaginary[low] + turned.1)
        }
      }
      half *= 2
    }
  }
}
