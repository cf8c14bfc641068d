import AudioDSP
import Benchmark

/// From bytes to planar floats: 48 kHz in each encoding, stereo unless said otherwise.
func decodeBenchmarks() {
  let encodings: [(name: String, coding: SampleLayout.Coding, bytes: Int, bigEndian: Bool, channels: Int)] = [
    ("16-bit mono", .signedInteger, 2, false, 1),
    ("16-bit", .signedInteger, 2, false, 2),
    ("24-bit", .signedInteger, 3, false, 2),
    ("32-bit", .signedInteger, 4, false, 2),
    ("float32", .float, 4, false, 2),
    ("float64", .float, 8, false, 2),
    ("8-bit mono", .unsignedInteger, 1, false, 1),
    ("µ-law mono", .muLaw, 1, false, 1),
    ("24-bit big-endian", .signedInteger, 3, true, 2),
    ("24-bit, 6 channels", .signedInteger, 3, false, 6),
  ]
  for encoding in encodings {
    guard
      let layout = SampleLayout(
        coding: encoding.coding, bytesPerSample: encoding.bytes, bigEndian: encoding.bigEndian,
        channels: encoding.channels)
    else { continue }
    Benchmark("Decode \(encoding.name)") { benchmark in
      let bytes = (0..<blockFrames * layout.bytesPerFrame).map { UInt8(truncatingIfNeeded: $0 &* 151) }
      let decoder = SampleDecoder(layout)
      var buffer = PlanarBuffer(channels: layout.channels, capacity: blockFrames)
      benchmark.startMeasurement()
      for _ in 0..<seconds * 48_000 / blockFrames {
        decoder.decode(bytes.span.bytes, frames: blockFrames, into: &buffer, at: 0)
      }
      benchmark.stopMeasurement()
      blackHole(buffer.peak(0..<1))
    }
  }
}

/// The stages between decoding and resampling, 48 kHz stereo.
func mixBenchmarks() {
  Benchmark("Mix stereo to mono") { benchmark in
    let input = noiseBuffer(channels: 2)
    var output = PlanarBuffer(channels: 1, capacity: blockFrames)
    benchmark.startMeasurement()
    for _ in 0..<seconds * 48_000 / blockFrames {
      ChannelMix.mean.mix(input, frames: blockFrames, into: &output)
    }
    benchmark.stopMeasurement()
    blackHole(output.peak(0..<1))
  }
  Benchmark("Mix statistics") { benchmark in
    let input = noiseBuffer(channels: 2)
    var statistics = MixStatistics(channels: 2)
    benchmark.startMeasurement()
    for _ in 0..<seconds * 48_000 / blockFrames {
      statistics.add(input, 0..<blockFrames)
    }
    benchmark.stopMeasurement()
    blackHole(statistics)
  }
  Benchmark("Sanitize") { benchmark in
    var buffer = noiseBuffer(channels: 2)
    var replaced = 0
    benchmark.startMeasurement()
    for _ in 0..<seconds * 48_000 / blockFrames {
      replaced += buffer.sanitize(0..<blockFrames)
    }
    benchmark.stopMeasurement()
    blackHole(replaced)
  }
}
