import AudioPrep
import Benchmark
import WAVE

/// Scanning of all samples of a file for levels and findings, with one thread and with one a processor.
func scanBenchmarks() {
  for encoding in Recording.Encoding.allCases {
    for threads in [1, processorCount()] {
      Benchmark("Scan \(encoding.rawValue), \(threads) threads") { benchmark in
        let recording = try Recording(encoding)
        let file = try InputFile(recording.path)
        guard let header = try WAVE.inspect(file).header else { return benchmark.error("no header") }
        let scanner = SampleScanner(threads: threads)
        benchmark.startMeasurement()
        blackHole(try scanner.scan(file, header))
        benchmark.stopMeasurement()
      }
    }
  }
}
