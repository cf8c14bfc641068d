import AudioDSP
import Benchmark

/// From planar floats to the bytes of a file: 16 kHz mono.
func quantizeBenchmarks() {
  let cases: [(format: Quantizer.Format, dither: Quantizer.Dither)] = [
    (.pcm16, .tpdf), (.pcm16, .none), (.pcm24, .tpdf), (.pcm32, .none), (.float32, .none),
  ]
  for (format, dither) in cases {
    Benchmark("Quantize \(format.rawValue) \(dither.rawValue)") { benchmark in
      let buffer = noiseBuffer(channels: 1)
      var bytes = [UInt8](repeating: 0, count: blockFrames * format.bytesPerSample)
      let quantizer = Quantizer(format: format, dither: dither)
      var clipped = 0
      benchmark.startMeasurement()
      for block in 0..<seconds * 16_000 / blockFrames {
        var span = bytes.mutableSpan
        var raw = span.mutableBytes
        clipped += quantizer.quantize(
          buffer, frames: blockFrames, firstFrame: Int64(block * blockFrames), into: &raw)
      }
      benchmark.stopMeasurement()
      blackHole(clipped)
    }
  }
}
