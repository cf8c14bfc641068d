// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that what measures wavprep never burdens its users.
//
//     cd Benchmarks && swift package benchmark
//     swift package benchmark --filter "Resample.*"
let package = Package(
  name: "wavprep-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "wavprep", path: ".."),
    // Without its default traits it puts nothing between the program and its allocator, and needs no more libraries.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.29.0", traits: []),
  ],
  targets: [
    // The resamplers that ours is compared with: libsoxr (libsoxr-dev) and libsamplerate (libsamplerate0-dev).
    .systemLibrary(name: "CPeers"),
    .executableTarget(
      name: "AudioDSPBenchmarks",
      dependencies: [
        "CPeers",
        .product(name: "AudioDSP", package: "wavprep"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/AudioDSPBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "AudioPrepBenchmarks",
      dependencies: [
        .product(name: "AudioPrep", package: "wavprep"),
        .product(name: "WAVE", package: "wavprep"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/AudioPrepBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
