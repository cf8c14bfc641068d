// swift-tools-version: 6.2
import PackageDescription

/// Warnings fail the build in CI only, so that a newer compiler's new warning never stops a user.
let strict: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// Kernels are numerical loops over unsafe pointers whose preconditions the callers hold;
/// they are optimised in debug builds too, since tests run them over minutes of audio.
let kernels: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "wavprep",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "wavprep", targets: ["wavprep"]),
    .executable(name: "wavprep-service", targets: ["wavprep-service"]),
    .executable(name: "wavprep-sandbox", targets: ["wavprep-sandbox"]),
    .library(name: "WAVE", targets: ["WAVE"]),
    .library(name: "AudioDSP", targets: ["AudioDSP"]),
    .library(name: "AudioPrep", targets: ["AudioPrep"]),
    .library(name: "SpeechKit", targets: ["SpeechKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
  ],
  targets: [
    // The audio half: from bytes to a checked file.
    .target(name: "WAVE", swiftSettings: strict),
    .target(name: "AudioKernels", swiftSettings: kernels),
    .target(
      name: "AudioKernelsV3",
      swiftSettings: kernels + [
        .define("X86_64_V3", .when(platforms: [.linux])),
        .unsafeFlags(["-Xcc", "-march=x86-64-v3"], .when(platforms: [.linux])),
      ]),
    .target(name: "CPUFeatures"),
    .target(
      name: "AudioDSP", dependencies: ["AudioKernels", "AudioKernelsV3", "CPUFeatures"],
      // Functions that return a span of a buffer say whose memory it is.
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "CFileHints"),
    .target(
      name: "AudioPrep",
      dependencies: ["WAVE", "AudioDSP", "CSndfile", "CSamplerate", "CFileHints", "Cryptography"],
      swiftSettings: strict),

    // C libraries, each opened at its first use.
    .target(name: "LazyLibrary"),
    .target(name: "CSndfile", dependencies: ["LazyLibrary"]),
    .target(name: "CSamplerate", dependencies: ["LazyLibrary"]),
    .target(name: "CCurl", dependencies: ["LazyLibrary"]),
    .target(name: "COpenSSL", dependencies: ["LazyLibrary"]),
    .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),

    // The service half: from a checked file to a transcript.
    .target(
      name: "SpeechKit",
      dependencies: [
        "CCurl", "Cryptography",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Messages/speechkit.proto"],
      swiftSettings: strict),
    .target(name: "Jobs", dependencies: ["AudioPrep", "SpeechKit"], swiftSettings: strict),

    // The local stand-in is a program of its own: FlyingFox brings in FoundationNetworking, which links libcurl,
    // and that would load before every `wavprep check`.
    .target(
      name: "Sandbox",
      dependencies: ["WAVE", "AudioPrep", "Cryptography", .product(name: "FlyingFox", package: "FlyingFox")],
      swiftSettings: strict),
    .executableTarget(
      name: "wavprep-sandbox",
      dependencies: ["Sandbox", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    // The program: its audio half, and in a program of its own its service half. Messages bring in SwiftProtobuf, that
    // all of Foundation, and that takes longer to start than a check lasts.
    .target(
      name: "WavprepCommands",
      dependencies: ["AudioPrep", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .executableTarget(name: "wavprep", dependencies: ["WavprepCommands"], swiftSettings: strict),
    .target(
      name: "ServiceCommands",
      dependencies: [
        "WavprepCommands", "Jobs", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "wavprep-service", dependencies: ["ServiceCommands"], swiftSettings: strict),

    .testTarget(name: "WAVETests", dependencies: ["WAVE"], swiftSettings: strict),
    .testTarget(name: "AudioDSPTests", dependencies: ["AudioDSP", "CSamplerate", "CSndfile"], swiftSettings: strict),
    .testTarget(name: "AudioPrepTests", dependencies: ["AudioPrep"], swiftSettings: strict),
    .testTarget(
      name: "SpeechKitTests",
      dependencies: ["SpeechKit", "Cryptography", .product(name: "Logging", package: "swift-log")],
      exclude: ["Support/stand_in.py"],
      swiftSettings: strict),
    .testTarget(
      name: "JobsTests",
      dependencies: ["Jobs", "Sandbox", .product(name: "FlyingFox", package: "FlyingFox")],
      swiftSettings: strict),
    .testTarget(name: "WavprepCommandsTests", dependencies: ["WavprepCommands"], swiftSettings: strict),
    .testTarget(name: "SandboxTests", dependencies: ["Sandbox"], exclude: ["Clients"], swiftSettings: strict),
    .testTarget(
      name: "IntegrationTests", dependencies: ["wavprep", "wavprep-service", "wavprep-sandbox"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
