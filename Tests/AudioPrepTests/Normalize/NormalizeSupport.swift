import AudioDSP
import Foundation
import Testing
import WAVE

@testable import AudioPrep

/// Normalizes a file with options that `change` sets.
@discardableResult
func normalize(
  _ input: String, to output: String, threads: Int = 2, _ change: (inout NormalizeOptions) -> Void = { _ in }
) throws(NormalizeError) -> NormalizeReport {
  var options = NormalizeOptions()
  options.threads = threads
  change(&options)
  var normalizer = Normalizer(options)
  normalizer.replacesOutput = true
  return try normalizer.normalize(input, to: output)
}

/// What normalizing ends with; nil where it does not fail.
func failure(
  _ input: String, to output: String, _ change: (inout NormalizeOptions) -> Void = { _ in }
) -> NormalizeError? {
  do throws(NormalizeError) {
    try normalize(input, to: output, change)
    return nil
  } catch { return error }
}

extension Scratch {
  /// Has sox record noise, different in each channel, and returns its path.
  func noise(_ name: String, _ options: String..., rate: Int = 16000, channels: Int = 2, frames: Int = 40_000) throws
    -> String
  {
    // More samples than asked for are made: `synth` takes seconds.
    let seconds = String(1 + frames / rate)
    let voices = (0..<channels).flatMap { $0 == 0 ? ["synth", seconds, "pinknoise"] : ["pinknoise"] }
    try tool(
      ["sox", "-R", "-r", "\(rate)", "-n", "-c", "\(channels)"] + options
        + [self(name)] + voices + ["gain", "-6", "trim", "0", "\(frames)s"])
    return self(name)
  }

  /// Writes a WAV file of 32-bit floats.
  func floats(_ name: String, _ samples: [Float], channels: Int = 1, rate: Int = 16000) throws -> String {
    let header = OutputHeader(
      sample: .float32, channels: channels, sampleRate: rate, frames: Int64(samples.count / channels))
    return try write(
      header.bytes + samples.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }, name)
  }
}
