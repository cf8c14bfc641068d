import Testing

@testable import AudioDSP

/// Noise around a tone, with a different mix and mean in each channel; full scale is 1.
struct Signal {
  /// Channels interleaved.
  var samples: [Double]

  init(frames: Int, channels: Int, seed: Int) {
    var generator = SplitMix(seed)
    samples = (0..<frames * channels).map { index in
      let channel = Double(index % channels)
      return Double.random(in: -0.4...0.4, using: &generator) / (1 + channel) + 0.01 * channel
    }
  }

  /// Cuts some of it off, and leaves some of it out.
  mutating func hurt() {
    for index in samples.count / 5..<samples.count / 4 { samples[index] = 0 }
    for index in samples.count / 3..<samples.count / 2 where samples[index] > 0.05 { samples[index] = 1 }
  }
}

/// A layout, with an encoder of its own.
struct TestLayout: CustomTestStringConvertible {
  let testDescription: String
  let coding: SampleLayout.Coding
  let width: Int
  let bigEndian: Bool

  static let int16 = TestLayout(testDescription: "s16le", coding: .signedInteger, width: 2, bigEndian: false)
  static let float32 = TestLayout(testDescription: "f32le", coding: .float, width: 4, bigEndian: false)
  static let float64 = TestLayout(testDescription: "f64le", coding: .float, width: 8, bigEndian: false)
  static let aLaw = TestLayout(testDescription: "alaw", coding: .aLaw, width: 1, bigEndian: false)
  static let muLaw = TestLayout(testDescription: "mulaw", coding: .muLaw, width: 1, bigEndian: false)
  static let all: [TestLayout] =
    [int16, float32, float64, aLaw, muLaw]
    + [
      TestLayout(testDescription: "u8", coding: .unsignedInteger, width: 1, bigEndian: false),
      TestLayout(testDescription: "f32be", coding: .float, width: 4, bigEndian: true),
      TestLayout(testDescription: "f64be", coding: .float, width: 8, bigEndian: true),
      TestLayout(testDescription: "s16be", coding: .signedInteger, width: 2, bigEndian: true),
    ]
    + [3, 4, 5, 8].flatMap { width in
      [false, true].map {
        TestLayout(
          testDescription: "s\(8 * width)\($0 ? "be" : "le")", coding: .signedInteger, width: width, bigEndian: $0)
      }
    }

  /// The highest magnitude that is not full scale, or near it.
  var belowRail: Double {
    switch coding {
    case .unsignedInteger: 126.0 / 128
    case .aLaw, .muLaw: 30_000.0 / 32_768
    case .float, .signedInteger: 32_766.0 / 32_768
    }
  }

  /// The bytes of samples.
  func encode(_ samples: [Double]) -> [UInt8] {
    samples.flatMap { sample -> [UInt8] in
      let little = word(sample)
      let bytes = (0..<width).map { UInt8(truncatingIfNeeded: little >> UInt64(8 * $0)) }
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  /// The samples of bytes, through the one decoder here that is not the one under test.
  func decode(_ bytes: [UInt8]) -> [Double] {
    stride(from: 0, to: bytes.count, by: width).map { start in
      let own = bytes[start..<start + width]
      let word = (bigEndian ? Array(own) : own.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return value(word)
    }
  }

  private func word(_ sample: Double) -> UInt64 {
    switch coding {
    case .float: return width == 4 ? UInt64(Float(sample).bitPattern) : sample.bitPattern
    case .signedInteger:
      let scaled = (sample * 0x1p63).rounded()
      let full = scaled >= 0x1p63 ? Int64.max : Int64(scaled)
      return UInt64(bitPattern: full >> Int64(64 - 8 * width))
    case .unsignedInteger: return UInt64(max(0, min(255, (sample * 128).rounded() + 128)))
    case .aLaw: return G711.nearest(sample, in: G711.aLawValues)
    case .muLaw: return G711.nearest(sample, in: G711.muLawValues)
    }
  }

  private func value(_ word: UInt64) -> Double {
    switch coding {
    case .float: return width == 4 ? Double(Float(bitPattern: UInt32(word))) : Double(bitPattern: word)
    case .signedInteger: return Double(Int64(bitPattern: word << UInt64(64 - 8 * width))) / 0x1p63
    case .unsignedInteger: return (Double(word) - 128) / 128
    case .muLaw: return G711.muLawValues[Int(word)]
    case .aLaw: return G711.aLawValues[Int(word)]
    }
  }
}

/// Decoding by G.711's tables, written as the bit tricks that telephones use.
private enum G711 {
  static let aLawValues = (0...255).map { Double(aLaw($0)) / 32_768 }
  static let muLawValues = (0...255).map { Double(muLaw($0)) / 32_768 }

  /// The code whose value is nearest: slow, and right by definition.
  static func nearest(_ sample: Double, in values: [Double]) -> UInt64 {
    var best = 0
    var distance = Double.infinity
    var code = 0
    while code < 256 {
      let apart = abs(values[code] - sample)
      if apart < distance { (best, distance) = (code, apart) }
      code += 1
    }
    return UInt64(best)
  }

  static func muLaw(_ byte: UInt8) -> Int {
    let code = Int(~byte)
    let magnitude = ((code & 0x0F) << 3 + 0x84) << ((code & 0x70) >> 4) - 0x84
    return code & 0x80 != 0 ? -magnitude : magnitude
  }

  static func aLaw(_ byte: UInt8) -> Int {
    let code = Int(byte ^ 0x55)
    let segment = (code & 0x70) >> 4
    let step = (code & 0x0F) << 4
    let magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1)
    return code & 0x80 != 0 ? magnitude : -magnitude
  }
}

/// Measures bytes at 16 kHz, in blocks of so many windows, or of as many as fit.
func measure(
  _ bytes: [UInt8], _ layout: TestLayout, channels: Int, validBits: Int? = nil, windows: Int? = nil,
  set: InstructionSet = .preferred
) throws -> LevelReport {
  let layout = try #require(
    SampleLayout(
      coding: layout.coding, bytesPerSample: layout.width, bigEndian: layout.bigEndian, channels: channels))
  let format = try #require(
    MeterFormat(layout, sampleRate: 16_000, validBits: validBits ?? 8 * layout.bytesPerSample))
  let meter = LevelMeter(format, instructionSet: set)
  let step = (windows.map { $0 * format.windowFrames } ?? format.framesPerBlock) * layout.bytesPerFrame
  var block = MeterBlock(format)
  var fold = LevelFold(format)
  for start in stride(from: 0, to: bytes.count, by: step) {
    meter.measure(bytes.span.bytes.extracting(start..<min(start + step, bytes.count)), into: &block)
    fold.add(block)
  }
  return fold.report()
}
