import AudioDSP
import Benchmark

/// All benchmarks. An iteration works on ten seconds of audio, so 10 ms of wall clock are a thousand times real time.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .instructions], warmupIterations: 2, maxDuration: .milliseconds(400),
    maxIterations: 10_000)
  decodeBenchmarks()
  mixBenchmarks()
  resampleBenchmarks()
  quantizeBenchmarks()
}

/// Seconds of audio to an iteration.
let seconds = 10

/// Frames to a block, as the normalizer cuts them.
let blockFrames = 1 << 14

/// Reproducible noise within full scale.
func noise(_ count: Int) -> [Float] {
  var state: UInt32 = 1
  return (0..<count).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(Int32(bitPattern: state)) * 0x1p-32
  }
}

/// A buffer of noise, a block long.
func noiseBuffer(channels: Int) -> PlanarBuffer {
  var buffer = PlanarBuffer(channels: channels, capacity: blockFrames)
  for channel in 0..<channels {
    var span = buffer.mutableSpan(channel: channel)
    for (index, sample) in noise(blockFrames).enumerated() { span[index] = sample }
  }
  return buffer
}
