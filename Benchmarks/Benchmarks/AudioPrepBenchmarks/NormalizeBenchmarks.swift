import AudioPrep
import Benchmark

/// Whole files to 16 kHz mono 16-bit, from opening the input to the output under its name: with one thread and with one a
/// processor.
func normalizeBenchmarks() {
  for encoding in Recording.Encoding.allCases {
    for threads in [1, processorCount()] {
      Benchmark("Normalize \(encoding.rawValue), \(threads) threads") { benchmark in
        let recording = try Recording(encoding)
        var options = NormalizeOptions()
        options.channels = .mono
        options.threads = threads
        var normalizer = Normalizer(options)
        normalizer.replacesOutput = true
        benchmark.startMeasurement()
        blackHole(try normalizer.normalize(recording.path, to: recording.outputPath))
        benchmark.stopMeasurement()
      }
    }
  }
}
