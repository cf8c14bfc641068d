import AudioDSP
import WAVE

/// What the samples of a file come to, and where they stand.
public struct SampleScan: Sendable, Equatable {
  /// What they measure.
  public var levels: LevelReport
  /// The sound's upper end, as a share of the band, 0 to 1; nil where there is too little sound to tell.
  public var upperEnd: Double?
  /// Where samples stand in the file; nil for encodings whose samples have no place of their own.
  public var places: Places?

  /// Where the samples of an uncompressed encoding stand.
  public struct Places: Sendable, Equatable {
    /// The first sample's byte.
    var offset: UInt64
    /// Bytes of a sample, and of a frame.
    var bytesPerSample: Int
    var bytesPerFrame: Int

    /// The byte at which a sample begins.
    func byte(frame: Int, channel: Int) -> UInt64 {
      offset + UInt64(frame * bytesPerFrame + channel * bytesPerSample)
    }
  }
}

/// Measures the samples of files.
public struct SampleScanner: Sendable {
  /// How many threads measure one file, at most.
  public var threads: Int
  /// The build of the kernels to use.
  public var instructionSet: InstructionSet

  /// Makes a scanner; all processors for one file unless `threads` says less.
  public init(threads: Int? = nil, instructionSet: InstructionSet = .preferred) {
    self.threads = max(1, threads ?? Threads.available)
    self.instructionSet = instructionSet
  }

  /// The most threads for one file: more would only wait for memory, and each has a megabyte or so.
  private static let mostThreads = 16

  /// Measures all samples of a file, in one pass and in constant memory.
  ///
  /// The result is the same to the last bit for any number of threads.
  ///
  /// - Parameter header: what the file's header says; its sizes are those that the file holds.
  /// - Returns: nil for a file whose samples cannot be read: no data, no sample rate, a layout that its header leaves
  ///   open, an encoding that libsndfile does not know, or more channels than ``MeterFormat/channelLimit``.
  /// - Throws: that the file cannot be read, or has become shorter.
  public func scan(_ file: borrowing FileByteSource, _ header: WaveHeader) throws(FileError) -> SampleScan? {
    guard let data = header.data, header.sampleRate > 0 else { return nil }
    guard let pcm = header.layout else { return nil }
    guard let layout = SampleLayout(pcm),
      let format = MeterFormat(layout, sampleRate: header.sampleRate, validBits: header.validBits)
    else { return nil }
    let held = file.byteCount > data.offset ? min(data.availableBytes, file.byteCount - data.offset) : 0
    let samples = SampleData(
      path: file.path, descriptor: file.descriptor, offset: data.offset,
      frames: Int(clamping: held) / layout.bytesPerFrame, format: format)
    guard samples.frames > 0 else { return nil }
    return SampleScan(
      levels: try levels(samples), upperEnd: try upperEnd(samples),
      places: SampleScan.Places(
        offset: data.offset, bytesPerSample: layout.bytesPerSample, bytesPerFrame: layout.bytesPerFrame))
  }

  /// Measures the samples, block after block, on as many threads as are worth their start.
  func levels(_ samples: SampleData) throws(FileError) -> LevelReport {
    let meter = LevelMeter(samples.format, instructionSet: instructionSet)
    let threads = min(threads, SampleScanner.mostThreads, max(1, samples.blocks / 2))
    let queue = BlockQueue(samples.format, blocks: samples.blocks, threads: threads)
    Threads.run(threads) {
      var bytes = [UInt8](
        repeating: 0, count: min(samples.frames, samples.framesPerBlock) * samples.format.layout.bytesPerFrame)
      while case (let index, var block)? = queue.take() {
        let first = index * samples.framesPerBlock
        do throws(FileError) {
          let count = try samples.read(first..<min(first + samples.framesPerBlock, samples.frames), into: &bytes)
          meter.measure(bytes.span.bytes.extracting(first: count), into: &block)
        } catch {
          queue.fail(error)
          return
        }
        queue.finish(index, block)
      }
    }
    return try queue.report()
  }

  /// Looks at pieces of the file for where its sound ends.
  func upperEnd(_ samples: SampleData) throws(FileError) -> Double? {
    let layout = samples.format.layout
    var meter = BandMeter(channels: layout.channels)
    var bytes = [UInt8](repeating: 0, count: BandMeter.pieceFrames * layout.bytesPerFrame)
    for place in BandMeter.places(frames: samples.frames) {
      _ = try samples.read(place..<place + BandMeter.pieceFrames, into: &bytes)
      meter.add(bytes.span.bytes, layout, instructionSet: instructionSet)
    }
    return meter.upperEnd
  }
}

extension SampleLayout {
  /// The layout that a header gives.
  init?(_ layout: PCMLayout) {
    let coding: Coding =
      switch layout.coding {
      case .unsignedInteger: .unsignedInteger
      case .signedInteger: .signedInteger
      case .float: .float
      case .aLaw: .aLaw
      case .muLaw: .muLaw
      }
    self.init(
      coding: coding, bytesPerSample: layout.bytesPerSample, bigEndian: layout.bigEndian, channels: layout.channels)
  }
}
