import Benchmark

/// All benchmarks of whole files, page cache warm. Where an iteration works on more than a header, it is on a minute of
/// 48 kHz stereo, so 10 ms of wall clock are six thousand times real time.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .instructions], warmupIterations: 2, maxDuration: .milliseconds(400),
    maxIterations: 10_000)
  headerBenchmarks()
  scanBenchmarks()
  normalizeBenchmarks()
}
