import Testing

@testable import AudioDSP

/// A buffer of the given channels.
func planar(_ channels: [[Float]]) -> PlanarBuffer {
  var buffer = PlanarBuffer(channels: channels.count, capacity: channels.first?.count ?? 0)
  for (index, samples) in channels.enumerated() {
    var span = buffer.mutableSpan(channel: index)
    for place in samples.indices { span[place] = samples[place] }
  }
  return buffer
}

/// One channel's samples.
func samples(_ buffer: borrowing PlanarBuffer, _ channel: Int) -> [Float] {
  let span = buffer.span(channel: channel)
  return span.indices.map { span[$0] }
}

@Suite("A channel mix")
struct ChannelMixTests {
  private let channels: [[Float]] = [[0.5, -0.25, 1, 0.125], [0.25, 0.75, 1, 0.125], [0, 0.1, -1, 0.125]]

  @Test("of all repeats every channel", arguments: InstructionSet.available)
  func all(set: InstructionSet) {
    var output = PlanarBuffer(channels: 3, capacity: 4)
    ChannelMix.all.mix(planar(channels), frames: 4, into: &output, instructionSet: set)
    #expect((0..<3).map { samples(output, $0) } == channels)
  }

  @Test("of a selection repeats the chosen ones in the order given", arguments: InstructionSet.available)
  func select(set: InstructionSet) {
    var output = PlanarBuffer(channels: 2, capacity: 4)
    ChannelMix.select([2, 0]).mix(planar(channels), frames: 4, into: &output, instructionSet: set)
    #expect((0..<2).map { samples(output, $0) } == [channels[2], channels[0]])
    #expect(ChannelMix.select([2, 0]).source(of: 1) == 0)
  }

  @Test("of the mean divides by the number of channels", arguments: InstructionSet.available, 1...3)
  func mean(set: InstructionSet, count: Int) {
    var output = PlanarBuffer(channels: 1, capacity: 4)
    ChannelMix.mean.mix(planar(Array(channels.prefix(count))), frames: 4, into: &output, instructionSet: set)
    for frame in 0..<4 {
      let expected = channels.prefix(count).reduce(0.0) { $0 + Double($1[frame]) } / Double(count)
      #expect(abs(Double(samples(output, 0)[frame]) - expected) < 1e-7)
    }
  }
}

@Suite("Mix statistics")
struct MixStatisticsTests {
  @Test("are sums over the frames asked for", arguments: InstructionSet.available, [1, 2, 3])
  func sums(set: InstructionSet, count: Int) {
    let channels = (0..<count).map { mixedSamples(3_001, seed: UInt64($0)) }
    let range = 5..<2_900
    var statistics = MixStatistics(channels: count)
    statistics.add(planar(channels), range, instructionSet: set)
    #expect(statistics.frames == Int64(range.count))
    for channel in 0..<count {
      let expected = channels[channel][range].reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(statistics.channelEnergy[channel] - expected) < expected * 1e-5)
    }
    let mean = range.reduce(0.0) { sum, frame in
      let mean = channels.reduce(0.0) { $0 + Double($1[frame]) } / Double(count)
      return sum + mean * mean
    }
    #expect(abs(statistics.meanEnergy - mean) < mean * 1e-5)
    let largest = channels.flatMap { channel in range.map { abs(channel[$0] - channels[0][$0]) } }.max()
    #expect(statistics.largestDifference == largest)
    #expect(statistics.identical == (count == 1))
  }

  @Test("know identical channels, and channels that cancel", arguments: InstructionSet.available)
  func relations(set: InstructionSet) {
    let left = mixedSamples(1_500)
    var same = MixStatistics(channels: 2)
    same.add(planar([left, left]), 0..<1_500, instructionSet: set)
    #expect(same.identical && same.largestDifference == 0)
    var opposite = MixStatistics(channels: 2)
    opposite.add(planar([left, left.map { -$0 }]), 0..<1_500, instructionSet: set)
    #expect(!opposite.identical && opposite.meanEnergy == 0 && opposite.channelEnergy[0] > 0)
  }

  @Test("of blocks, merged, are those of the whole", arguments: InstructionSet.available)
  func merge(set: InstructionSet) {
    let buffer = planar([mixedSamples(4_096), mixedSamples(4_096, seed: 2)])
    var whole = MixStatistics(channels: 2)
    whole.add(buffer, 0..<4_096, instructionSet: set)
    var merged = MixStatistics(channels: 2)
    for start in stride(from: 0, to: 4_096, by: 1_024) {
      var part = MixStatistics(channels: 2)
      part.add(buffer, start..<start + 1_024, instructionSet: set)
      merged.merge(part)
    }
    #expect(merged == whole)
    var single = MixStatistics(channels: 1)
    let mono = planar([mixedSamples(100)])
    single.add(mono, 0..<50, instructionSet: set)
    single.add(mono, 50..<100, instructionSet: set)
    #expect(single.meanEnergy == single.channelEnergy[0])
  }
}
