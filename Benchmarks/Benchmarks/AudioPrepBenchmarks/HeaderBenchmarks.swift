import AudioPrep
import Benchmark
import Foundation
import WAVE

/// Header parsing: a sound file, one with chunks of every kind, and the ones made to cost the most; from memory, so that
/// it is the parser that is measured, and once from a file.
func headerBenchmarks() {
  let names = ["sound", "sound-chunks", "sound-extensible", "rf64", "wave64", "chunks-too-many", "hostile-list"]
  for name in names {
    Benchmark("Header \(name)", configuration: .init(scalingFactor: .kilo)) { benchmark in
      let bytes = [UInt8](try Data(contentsOf: fixture(name)))
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { blackHole(WAVE.inspect(bytes)) }
    }
  }
  Benchmark("Header sound, check of a file", configuration: .init(scalingFactor: .kilo)) { benchmark in
    let path = fixture("sound").path
    let checker = Checker(options: .init(headersOnly: true))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try checker.check(path)) }
  }
}

/// A file of `fixtures/damaged`, found from this source file's place.
private func fixture(_ name: String) -> URL {
  URL(filePath: #filePath).appending(path: "../../../../fixtures/damaged/\(name).wav").standardized
}
