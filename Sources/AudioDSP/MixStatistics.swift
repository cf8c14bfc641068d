/// What has to be known about channels to mix them well: are they the same, would their mean cancel.
///
/// Blocks may be measured apart and merged; merge them in the order of time where the sums must not depend on who
/// measured them.
public struct MixStatistics: Sendable, Equatable {
  /// How many frames were measured.
  public private(set) var frames: Int64 = 0
  /// For each channel, the sum of its squared samples.
  public private(set) var channelEnergy: [Double]
  /// The sum of squares of the mean of all channels.
  public private(set) var meanEnergy: Double = 0
  /// The largest difference of any channel from the first.
  public private(set) var largestDifference: Float = 0
  /// Whether every channel has had the bits of the first.
  public private(set) var identical = true

  /// Starts with nothing measured.
  public init(channels: Int) {
    channelEnergy = Array(repeating: 0, count: channels)
  }

  /// Measures part of a block.
  ///
  /// - Parameter range: which frames; leave out those that the neighbouring block measures.
  /// - Precondition: `range` lies within the buffer, whose channels are as many as in ``init(channels:)``.
  public mutating func add(
    _ buffer: borrowing PlanarBuffer, _ range: Range<Int>, instructionSet: InstructionSet = .preferred
  ) {
    buffer.check(range)
    precondition(buffer.channels == channelEnergy.count, "the buffer has other channels")
    let kernels = instructionSet.kernels
    // Short runs stay in the first cache over all passes, and keep single-precision sums exact enough.
    let run = 1024
    withUnsafeTemporaryAllocation(of: Float.self, capacity: run) { scratch in
      guard let mixed = scratch.baseAddress else { return }
      var start = range.lowerBound
      while start < range.upperBound {
        let count = min(run, range.upperBound - start)
        add(buffer, from: start, count, scratch: mixed, kernels)
        start += count
      }
    }
    frames += Int64(range.count)
  }

  private mutating func add(
    _ buffer: borrowing PlanarBuffer, from start: Int, _ count: Int, scratch: UnsafeMutablePointer<Float>,
    _ kernels: Kernels
  ) {
    let first = buffer.pointer(channel: 0) + start
    if buffer.channels == 2, count % 8 == 0 {
      addStereo(first, buffer.pointer(channel: 1) + start, count, kernels)
      return
    }
    for channel in 0..<buffer.channels {
      let samples = buffer.pointer(channel: channel) + start
      channelEnergy[channel] += kernels.energy(samples, count)
      if channel > 0 {
        let difference = kernels.difference(first, samples, count)
        largestDifference = max(largestDifference, difference.largest)
        identical = identical && !difference.bitsDiffer
      }
    }
    if buffer.channels > 1 {
      writeMean(of: buffer, from: start, into: scratch, count, kernels)
      meanEnergy += kernels.energy(scratch, count)
    } else {
      meanEnergy = channelEnergy[0]
    }
  }

  private mutating func addStereo(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ count: Int, _ kernels: Kernels
  ) {
    let sums = kernels.stereoStatistics(left, right, count)
    channelEnergy[0] += sums.left
    channelEnergy[1] += sums.right
    meanEnergy += sums.mean
    largestDifference = max(largestDifference, sums.largest)
    identical = identical && !sums.bitsDiffer
  }

  /// Adds what was measured elsewhere.
  ///
  /// - Precondition: `other` has as many channels.
  public mutating func merge(_ other: MixStatistics) {
    precondition(other.channelEnergy.count == channelEnergy.count, "other channels")
    frames += other.frames
    for channel in channelEnergy.indices { channelEnergy[channel] += other.channelEnergy[channel] }
    meanEnergy += other.meanEnergy
    largestDifference = max(largestDifference, other.largestDifference)
    identical = identical && other.identical
  }
}
