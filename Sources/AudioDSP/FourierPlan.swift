import AudioKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A complex transform of `length` points, as 8 columns of `length / 8`: see the kernels for how they are laid out.
struct FourierPlan: Sendable {
  /// Points of the transform.
  let length: Int
  /// Points of a column's transform.
  let rows: Int
  private let passes: [Pass]
  private let passTwiddles: [Float]
  private let columnTwiddles: [Float]

  private struct Pass {
    let radix: Int
    let length: Int
    let stride: Int
    let twiddles: Int
  }

  /// The longest transform whose two arrays of complex floats, what a pass reads and what it writes, are 32 KB.
  private static let longestInCache = 2048

  /// Whether there is a plan for a length: a multiple of 8, at least 64, whose only prime factors are 2, 3, 5 and 7.
  static func supports(_ length: Int) -> Bool {
    length >= 64 && length % 8 == 0 && radices(length / 8) != nil
  }

  /// The cost of a transform, in multiplications of the polyphase kernel that take as long.
  ///
  /// A row takes so many cycles in a pass of each radix, and in the step between columns and bins, and half as many
  /// again where the arrays outgrow a first-level cache; the polyphase kernel does some twelve multiplications in a
  /// cycle. Counted on AVX2, and near enough elsewhere: it only ranks plans.
  static func cost(_ length: Int) -> Double {
    let cycles = (radices(length / 8) ?? []).reduce(17.0) { sum, radix in
      switch radix {
      case 2: sum + 4
      case 3: sum + 5.7
      case 4: sum + 5.5
      case 5: sum + 7.2
      default: sum + 8.5
      }
    }
    return cycles * Double(length / 8) * 12 * (length > longestInCache ? 1.5 : 1)
  }

  /// Plans a transform; `nil` when the length is not supported.
  init?(length: Int) {
    guard Self.supports(length), let radices = Self.radices(length / 8) else { return nil }
    self.length = length
    rows = length / 8
    let roots = Self.roots(length)
    var passes: [Pass] = []
    var twiddles: [Float] = []
    var remaining = length / 8
    var stride = 1
    for radix in radices {
      let next = remaining / radix
      passes.append(Pass(radix: radix, length: next, stride: stride, twiddles: twiddles.count))
      for k in 0..<next {
        for j in 1..<radix {
          let root = roots[j * k * (length / remaining)]
          twiddles.append(root.real)
          twiddles.append(root.imaginary)
        }
      }
      remaining = next
      stride *= radix
    }
    self.passes = passes
    passTwiddles = twiddles
    columnTwiddles = Self.columnTwiddles(roots)
  }

  /// exp(-2πi n / length) for n below `length`.
  private static func roots(_ length: Int) -> [(real: Float, imaginary: Float)] {
    (0..<length).map { power in
      let angle = -2 * Double.pi * Double(power) / Double(length)
      return (Float(cos(angle)), Float(sin(angle)))
    }
  }

  private static func columnTwiddles(_ roots: [(real: Float, imaginary: Float)]) -> [Float] {
    let rows = roots.count / 8
    var twiddles: [Float] = []
    twiddles.reserveCapacity((rows + 7) / 8 * 112)
    for group in stride(from: 0, to: rows, by: 8) {
      let first = min(group, rows - 8)
      for column in 1..<8 {
        for bin in first..<first + 8 { twiddles.append(roots[column * bin].real) }
        for bin in first..<first + 8 { twiddles.append(roots[column * bin].imaginary) }
      }
    }
    return twiddles
  }

  /// The radices of the passes; `nil` when there is another prime factor.
  private static func radices(_ rows: Int) -> [Int]? {
    var rest = rows
    var radices: [Int] = []
    for radix in [7, 5, 3, 4, 2] {
      while rest % radix == 0 {
        radices.append(radix)
        rest /= radix
      }
    }
    return rest == 1 ? radices : nil
  }

  /// Transforms: bins in natural order.
  ///
  /// - Precondition: all arrays hold `length` floats; those of `output`, `first` and `second` do not overlap others.
  func forward(
    _ input: ComplexPointer, into output: ComplexPointer, first: ComplexPointer, second: ComplexPointer,
    kernels: Kernels
  ) {
    let columns = columns(input, first, second, kernels)
    columnTwiddles.withUnsafeBufferPointer { twiddles in
      guard let twiddles = twiddles.baseAddress else { return }
      kernels.fourierJoin(columns, output, twiddles, rows: rows)
    }
  }

  /// Transforms back, without dividing by `length`; `input` is lost.
  ///
  /// - Returns: the samples, in one of the arrays given.
  /// - Precondition: all arrays hold `length` floats and do not overlap.
  func inverse(_ input: ComplexPointer, first: ComplexPointer, second: ComplexPointer, kernels: Kernels)
    -> ComplexPointer
  {
    columnTwiddles.withUnsafeBufferPointer { twiddles in
      guard let twiddles = twiddles.baseAddress else { return }
      kernels.fourierSplit(input.swapped, first.swapped, twiddles, rows: rows)
    }
    return columns(first.swapped, second.swapped, input.swapped, kernels).swapped
  }

  /// The columns' transforms: each pass goes from where the last one wrote to the other of the two arrays.
  private func columns(
    _ input: ComplexPointer, _ first: ComplexPointer, _ second: ComplexPointer, _ kernels: Kernels
  ) -> ComplexPointer {
    passTwiddles.withUnsafeBufferPointer { twiddles in
      guard let twiddles = twiddles.baseAddress else { return input }
      var source = input
      for (index, pass) in passes.enumerated() {
        let target = index % 2 == 0 ? first : second
        kernels.fourierPass(
          radix: pass.radix, source, target, twiddles + pass.twiddles, length: pass.length, stride: pass.stride)
        source = target
      }
      return source
    }
  }
}

/// Real and imaginary parts, apart.
struct ComplexPointer {
  let real: UnsafeMutablePointer<Float>
  let imaginary: UnsafeMutablePointer<Float>

  /// The same numbers with their parts exchanged: what turns a transform into its inverse.
  var swapped: ComplexPointer { ComplexPointer(real: imaginary, imaginary: real) }
}
