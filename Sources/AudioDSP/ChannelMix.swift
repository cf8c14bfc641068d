/// Which channels go on, or what becomes of them.
public enum ChannelMix: Sendable, Equatable {
  /// Every channel as it is.
  case all
  /// These channels, counted from 0, in this order.
  case select([Int])
  /// One channel, the mean of all.
  case mean

  /// How many channels come out where `input` go in.
  public func channels(from input: Int) -> Int {
    switch self {
    case .all: input
    case .select(let chosen): chosen.count
    case .mean: 1
    }
  }

  /// The input channel that an output channel repeats; `nil` when it is a mix. Whoever can read that channel in
  /// place saves a copy.
  public func source(of output: Int) -> Int? {
    switch self {
    case .all: output
    case .select(let chosen): chosen[output]
    case .mean: nil
    }
  }

  /// Mixes the first `frames` frames.
  ///
  /// - Precondition: both buffers hold `frames`; `output` has ``channels(from:)`` channels; selected ones exist.
  public func mix(
    _ input: borrowing PlanarBuffer, frames: Int, into output: inout PlanarBuffer,
    instructionSet: InstructionSet = .preferred
  ) {
    precondition(output.channels == channels(from: input.channels), "the output has other channels than the mix")
    input.check(0..<frames)
    output.check(0..<frames)
    if self == .mean {
      writeMean(of: input, from: 0, into: output.pointer(channel: 0), frames, instructionSet.kernels)
      return
    }
    for channel in 0..<output.channels {
      guard let source = source(of: channel) else { continue }
      output.pointer(channel: channel).update(from: input.pointer(channel: source), count: frames)
    }
  }
}

/// Writes the mean of all channels' samples from `start` on.
func writeMean(
  of input: borrowing PlanarBuffer, from start: Int, into output: UnsafeMutablePointer<Float>, _ count: Int,
  _ kernels: Kernels
) {
  if input.channels == 2 {
    kernels.mixMean(input.pointer(channel: 0) + start, input.pointer(channel: 1) + start, output, count)
    return
  }
  let factor = 1 / Float(input.channels)
  output.update(repeating: 0, count: count)
  for channel in 0..<input.channels {
    kernels.mixAdd(input.pointer(channel: channel) + start, factor, output, count)
  }
}
