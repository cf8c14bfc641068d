// swift-tools-version: 6.2
import PackageDescription

// The fuzz targets, a package of its own: all of the code is built to report what of it ran. They are libraries, since
// libFuzzer brings its own main function. Scripts/fuzz builds, links and runs them.

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HeaderFuzz", type: .static, targets: ["HeaderFuzz"]),
    .library(name: "RecordingFuzz", type: .static, targets: ["RecordingFuzz"]),
  ],
  dependencies: [.package(name: "wavprep", path: "../..")],
  targets: [
    .target(
      name: "HeaderFuzz", dependencies: [.product(name: "WAVE", package: "wavprep")], path: "Header"),
    .target(
      name: "RecordingFuzz", dependencies: [.product(name: "AudioPrep", package: "wavprep")], path: "Recording"),
  ],
  swiftLanguageModes: [.v6]
)
