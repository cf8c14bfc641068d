import Testing

@testable import AudioDSP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Counts around the widths of registers, and one of many registers.
private let counts = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 1_000]

/// Each kernel against a plain loop in double precision, in both builds.
@Suite("The kernels of every build")
struct KernelTests {
  @Test("separate even from odd samples, from any alignment", arguments: InstructionSet.available, counts)
  func splitEvenOdd(set: InstructionSet, count: Int) {
    let input = mixedSamples(2 * count + 1, nonFinite: true)
    for offset in [0, 1] where offset + 2 * count <= input.count {
      var even = [Float](repeating: 9, count: count + 1)
      var odd = even
      input.withUnsafeBytes { input in
        withBases(&even, &odd) { even, odd in
          if let input = input.baseAddress { set.kernels.splitEvenOdd(input + 4 * offset, even, odd, count) }
        }
      }
      #expect(even.map(\.bitPattern) == (0..<count).map { input[offset + 2 * $0].bitPattern } + [Float(9).bitPattern])
      #expect(
        odd.map(\.bitPattern) == (0..<count).map { input[offset + 2 * $0 + 1].bitPattern } + [Float(9).bitPattern])
    }
  }

  @Test("halve the rate", arguments: InstructionSet.available, [1, 2, 13, 30])
  func halfBand(set: InstructionSet, taps: Int) {
    let count = 96
    var even = mixedSamples(count)
    var odd = mixedSamples(count + 2 * taps - 1, seed: 5)
    let coefficients = (0..<taps).map { Float(0.3 / Double(1 + $0)) }
    var output = [Float](repeating: 9, count: count + 1)
    withBases(&even, &odd, &output) { even, odd, output in
      coefficients.withUnsafeBufferPointer {
        if let h = $0.baseAddress { set.kernels.halfBand(even, odd, h, taps, output, count) }
      }
    }
    for index in 0..<count {
      var expected = Double(even[index]) / 2
      for tap in 0..<taps {
        let sum = Double(odd[index + taps - 1 - tap]) + Double(odd[index + taps + tap])
        expected += Double(coefficients[tap]) * sum
      }
      #expect(abs(Double(output[index]) - expected) < 2e-6)
    }
    #expect(output[count] == 9)
  }

  @Test("multiply rows of coefficients with windows of samples", arguments: InstructionSet.available, [1, 2, 61])
  func polyphase(set: InstructionSet, pairs: Int) {
    let (inputStride, outputStride, groups) = (37, 20, 2)
    var input = mixedSamples((6 * groups - 1) * inputStride + 2 * pairs)
    let coefficients = mixedSamples(2 * pairs * 16, seed: 9).map { $0 / Float(pairs) }
    var output = [Float](repeating: 9, count: 6 * groups * outputStride)
    withBases(&input, &output) { input, output in
      coefficients.withUnsafeBufferPointer {
        if let h = $0.baseAddress { set.kernels.polyphase(input, inputStride, h, pairs, output, outputStride, groups) }
      }
    }
    for period in 0..<6 * groups {
      for column in 0..<outputStride {
        let place = period * outputStride + column
        guard column < 16 else {
          #expect(output[place] == 9)
          continue
        }
        let expected = (0..<2 * pairs).reduce(0.0) { sum, visit in
          let tap = visit % 2 == 0 ? visit / 2 : 2 * pairs - 1 - visit / 2
          return sum + Double(coefficients[visit * 16 + column]) * Double(input[period * inputStride + tap])
        }
        #expect(abs(Double(output[place]) - expected) < 4e-6)
      }
    }
  }

  /// Every radix, first and later in a transform, rows that are no multiple of 8, and the lengths in use.
  private static let lengths = [64, 72, 120, 168, 200, 392, 448, 1_024, 1_920, 3_528, 2_560]

  @Test("transform as the definition says, and back", arguments: InstructionSet.available, lengths)
  func fourier(set: InstructionSet, length: Int) throws {
    let plan = try #require(FourierPlan(length: length))
    var random = Random(UInt64(length))
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: 8 * length)
    defer { memory.deallocate() }
    for index in 0..<8 * length { (memory + index).initialize(to: Float.random(in: -1...1, using: &random)) }
    let pointers = (0..<4).map {
      ComplexPointer(real: memory + 2 * $0 * length, imaginary: memory + (2 * $0 + 1) * length)
    }
    let real = (0..<length).map { memory[$0] }
    let imaginary = (0..<length).map { memory[length + $0] }
    plan.forward(pointers[0], into: pointers[1], first: pointers[2], second: pointers[3], kernels: set.kernels)
    let scale = Double(length).squareRoot()
    for bin in Swift.stride(from: 0, to: length, by: max(1, length / 37)) {
      var (a, b) = (0.0, 0.0)
      for n in 0..<length {
        let angle = -2 * Double.pi * Double(n * bin % length) / Double(length)
        a += Double(real[n]) * cos(angle) - Double(imaginary[n]) * sin(angle)
        b += Double(real[n]) * sin(angle) + Double(imaginary[n]) * cos(angle)
      }
      #expect(abs(Double(pointers[1].real[bin]) - a) < 1e-6 * scale)
      #expect(abs(Double(pointers[1].imaginary[bin]) - b) < 1e-6 * scale)
    }
    let back = plan.inverse(pointers[1], first: pointers[2], second: pointers[3], kernels: set.kernels)
    for n in 0..<length {
      #expect(abs(back.real[n] / Float(length) - real[n]) < 1e-6)
      #expect(abs(back.imaginary[n] / Float(length) - imaginary[n]) < 1e-6)
    }
  }

  @Test("mix", arguments: InstructionSet.available, counts)
  func mix(set: InstructionSet, count: Int) {
    let (left, right) = (mixedSamples(count + 1), mixedSamples(count + 1, seed: 8))
    var (a, b, mean) = (left, right, [Float](repeating: 9, count: count + 1))
    withBases(&a, &b, &mean) { a, b, mean in set.kernels.mixMean(a, b, mean, count) }
    #expect(mean == zip(left, right).prefix(count).map { ($0 + $1) * 0.5 } + [9])
    withBases(&a, &mean) { a, mean in set.kernels.mixAdd(a, 0.25, mean, count) }
    for index in 0..<count {
      let expected = (Double(left[index]) + Double(right[index])) / 2 + Double(left[index]) / 4
      #expect(abs(Double(mean[index]) - expected) < 1e-6)
    }
    #expect(mean[count] == 9)
  }

  @Test("measure energy and difference", arguments: InstructionSet.available, counts)
  func measure(set: InstructionSet, count: Int) {
    let (left, right) = (mixedSamples(count), mixedSamples(count, seed: 8))
    var (a, b) = (left + [9], right + [-9])
    let energy = withBases(&a, &b) { a, _ in set.kernels.energy(a, count) }
    let expected = left.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(energy - expected) <= expected * 1e-5)
    let difference = withBases(&a, &b) { set.kernels.difference($0, $1, count) }
    #expect(difference.largest == zip(left, right).map { abs($0 - $1) }.max() ?? 0)
    #expect(difference.bitsDiffer == (left.map(\.bitPattern) != right.map(\.bitPattern)))
    #expect(withBases(&a, &b) { a, _ in set.kernels.difference(a, a, count).bitsDiffer } == false)
  }

  @Test("tell zeros of different sign apart", arguments: InstructionSet.available, [1, 8, 9])
  func signedZeros(set: InstructionSet, count: Int) {
    var a = [Float](repeating: 0, count: count)
    var b = a
    b[count - 1] = -0.0
    let difference = withBases(&a, &b) { set.kernels.difference($0, $1, count) }
    #expect(difference.largest == 0)
    #expect(difference.bitsDiffer)
  }

  @Test("find what is not finite, and the peak of the rest", arguments: InstructionSet.available, counts)
  func nonFinite(set: InstructionSet, count: Int) {
    let samples = mixedSamples(count, nonFinite: true)
    var (clean, other) = (samples + [.nan], [Float](repeating: 0, count: 1))
    let replaced = withBases(&clean, &other) { clean, _ in set.kernels.replaceNonFinite(clean, count) }
    #expect(replaced == samples.count { !$0.isFinite })
    let expected = samples.map { $0.isFinite ? $0 : 0 }
    #expect(clean.prefix(count).map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(clean[count].isNaN)
    let peak = withBases(&clean, &other) { clean, _ in set.kernels.peakMagnitude(clean, count) }
    #expect(peak == expected.map { abs($0) }.max() ?? 0)
  }

  @Test("do not take NaN for a peak", arguments: InstructionSet.available)
  func peakWithoutNaN(set: InstructionSet) {
    var (samples, other): ([Float], [Float]) = ([0.5, .nan, -0.75, .nan] + Array(repeating: .nan, count: 20), [0])
    #expect(withBases(&samples, &other) { samples, _ in set.kernels.peakMagnitude(samples, 24) } == 0.75)
  }
}

/// The first elements of arrays that have one at least.
private func withBases<Result>(
  _ a: inout [Float], _ b: inout [Float],
  _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Result
) -> Result {
  a.append(0)
  b.append(0)
  defer {
    a.removeLast()
    b.removeLast()
  }
  return a.withUnsafeMutableBufferPointer { a in
    b.withUnsafeMutableBufferPointer { b in
      guard let a = a.baseAddress, let b = b.baseAddress else { fatalError("an array of one has a base") }
      return body(a, b)
    }
  }
}

private func withBases<Result>(
  _ a: inout [Float], _ b: inout [Float], _ c: inout [Float],
  _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Result
) -> Result {
  var none: [Float] = []
  return withBases(&a, &b) { a, b in withBases(&c, &none) { c, _ in body(a, b, c) } }
}
