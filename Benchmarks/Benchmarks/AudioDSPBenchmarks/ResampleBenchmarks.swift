import AudioDSP
import Benchmark
import CPeers

/// One channel of each ratio by our resampler and by libsoxr's HQ, and by libsamplerate's best where that bears waiting
/// for: one thread, in process. Designing the filters is not in it.
func resampleBenchmarks() {
  let ratios = [(48, 16_000), (44.1, 16_000), (8, 16_000), (96, 16_000), (48, 8_000), (44.1, 8_000), (44.1, 48_000)]
  for (kilohertz, to) in ratios {
    let from = Int(kilohertz * 1_000)
    let name = "\(from) to \(to)"
    Benchmark("Resample \(name)") { benchmark in
      let input = noise(seconds * from)
      let resampler = try Resampler(from: from, to: to)
      benchmark.startMeasurement()
      blackHole(resample(input, resampler))
    }
    Benchmark("Resample \(name) libsoxr HQ") { benchmark in
      let input = noise(seconds * from)
      var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
      var io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
      let soxr = soxr_create(Double(from), Double(to), 1, nil, &io, &quality, nil)
      benchmark.startMeasurement()
      blackHole(resampleWithSoxr(input, soxr, to))
      benchmark.stopMeasurement()
      soxr_delete(soxr)
    }
    if to == 16_000, from == 48_000 || from == 44_100 {
      Benchmark("Resample \(name) libsamplerate best") { benchmark in
        let input = noise(seconds * from)
        benchmark.startMeasurement()
        blackHole(resampleWithSamplerate(input, from, to))
      }
    }
  }
  Benchmark("Design of 44100 to 16000") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try Resampler(from: 44_100, to: 16_000)) }
  }
}

/// The whole signal in blocks; the last block reads zeros beyond the end, as the normalizer does.
private func resample(_ input: [Float], _ resampler: Resampler) -> [Float] {
  let total = resampler.outputFrames(forInput: Int64(input.count))
  let alignment = resampler.blockAlignment
  let block = max(1, blockFrames / alignment) * alignment
  let span = resampler.inputRange(forOutput: 0..<Int64(block)).count
  var workspace = Resampler.Workspace()
  var padded = PlanarBuffer(channels: 1, capacity: span)
  var output = PlanarBuffer(channels: 1, capacity: block)
  var last: [Float] = []
  for start in stride(from: 0, to: total, by: block) {
    let range = start..<min(total, start + Int64(block))
    copy(input, resampler.inputRange(forOutput: range), into: &padded)
    var samples = output.mutableSpan(channel: 0)
    resampler.resample(input: padded.span(channel: 0), output: range, into: &samples, workspace: &workspace)
    last = [output.span(channel: 0)[0]]
  }
  return last
}

/// Copies part of a signal, with zeros where there is none.
private func copy(_ input: [Float], _ range: Range<Int64>, into buffer: inout PlanarBuffer) {
  let inside = range.clamped(to: 0..<Int64(input.count))
  if inside != range { buffer.silence(0..<range.count) }
  var span = buffer.mutableSpan(channel: 0)
  let shift = Int(inside.lowerBound - range.lowerBound)
  span.withUnsafeMutableBufferPointer { target in
    input.withUnsafeBufferPointer { source in
      guard let target = target.baseAddress, let source = source.baseAddress else { return }
      (target + shift).update(from: source + Int(inside.lowerBound), count: inside.count)
    }
  }
}

private func resampleWithSoxr(_ input: [Float], _ soxr: soxr_t?, _ to: Int) -> [Float] {
  [Float](unsafeUninitializedCapacity: seconds * to + 16) { output, count in
    guard let target = output.baseAddress else { return }
    input.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      var consumed = 0
      while consumed < input.count {
        let chunk = min(1 << 16, input.count - consumed)
        var (used, made) = (0, 0)
        soxr_process(soxr, source + consumed, chunk, &used, target + count, output.count - count, &made)
        consumed += used
        count += made
      }
      var made = 0
      soxr_process(soxr, nil, 0, nil, target + count, output.count - count, &made)
      count += made
    }
  }
}

private func resampleWithSamplerate(_ input: [Float], _ from: Int, _ to: Int) -> [Float] {
  [Float](unsafeUninitializedCapacity: seconds * to + 16) { output, count in
    input.withUnsafeBufferPointer { source in
      var data = SRC_DATA()
      data.data_in = source.baseAddress
      data.data_out = output.baseAddress
      data.input_frames = source.count
      data.output_frames = output.count
      data.src_ratio = Double(to) / Double(from)
      src_simple(&data, Int32(SRC_SINC_BEST_QUALITY), 1)
      count = Int(data.output_frames_gen)
    }
  }
}
