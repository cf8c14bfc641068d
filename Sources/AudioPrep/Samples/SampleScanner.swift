import AudioDSP
import Dispatch
import WAVE

/// Measures the samples of files, in one pass and in constant memory.
public struct SampleScanner: Sendable {
  /// How many threads measure one file, at most; as many as there are processors when nil.
  public var threads: Int?
  /// The build of the kernels to use; ``InstructionSet/preferred`` when nil.
  public var instructionSet: InstructionSet?

  /// The most threads for one file: more would only wait for memory, and each has a megabyte of it.
  static let mostThreads = 16

  /// Makes a scanner.
  ///
  /// - Parameters:
  ///   - threads: how many threads may measure one file; as many as there are processors when nil.
  ///   - instructionSet: the build of the kernels to use; the preferred one when nil.
  public init(threads: Int? = nil, instructionSet: InstructionSet? = nil) {
    self.threads = threads
    self.instructionSet = instructionSet
  }

  /// The build of the kernels that is used.
  var kernels: InstructionSet { instructionSet ?? .preferred }

  /// Measures all samples of a file; the result is the same to the last bit for any number of threads.
  ///
  /// - Parameter header: what the file's header says.
  /// - Returns: nil for a file whose samples cannot be read: no data, no sample rate, a layout that its header leaves
  ///   open, an encoding that libsndfile does not know, or more channels than ``MeterFormat/channelLimit``.
  /// - Throws: that the file cannot be read, or has become shorter.
  public func scan(_ file: InputFile, _ header: WaveHeader) throws(FileError) -> SampleScan? {
    guard header.layout != nil else { return try scanDecoded(file, header) }
    guard let data = SampleData(header, byteCount: file.byteCount) else { return nil }
    let levels = try levels(of: data, in: file)
    var buffer = [UInt8](repeating: 0, count: BandMeter.pieceFrames * data.format.layout.bytesPerFrame)
    var meter = BandMeter(channels: data.format.layout.channels)
    for place in BandMeter.places(frames: data.frames) {
      let count = try file.read(data, place..<place + BandMeter.pieceFrames, into: &buffer)
      meter.add(buffer.span.bytes.extracting(first: count), data.format.layout, instructionSet: kernels)
    }
    return SampleScan(data, levels, upperEnd: meter.upperEnd)
  }

  /// Measures block after block, on as many threads as are worth their start.
  private func levels(of data: SampleData, in file: InputFile) throws(FileError) -> LevelReport {
    let meter = LevelMeter(data.format, instructionSet: kernels)
    let most = max(1, min(threads ?? processorCount(), SampleScanner.mostThreads))
    let threads = min(most, (data.blocks + 1) / 2)
    let queue = MeterQueue(data.format, count: data.blocks, threads: threads)
    let work: @Sendable (Int) -> Void = { _ in
      var buffer = [UInt8](repeating: 0, count: data.bytes(data.block(0)).count)
      while case (let index, var block)? = queue.take() {
        do throws(FileError) {
          let count = try file.read(data, data.block(index), into: &buffer)
          meter.measure(buffer.span.bytes.extracting(first: count), into: &block)
        } catch {
          return queue.fail(index, error)
        }
        queue.finish(index, block)
      }
    }
    if threads == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: threads, execute: work) }
    return try queue.report()
  }
}

extension InputFile {
  /// Reads frames into the beginning of `buffer`; returns how many bytes they are.
  ///
  /// - Throws: the system's reason, or that the file has become shorter.
  fileprivate func read(
    _ data: SampleData, _ frames: Range<Int>, into buffer: inout [UInt8]
  ) throws(FileError) -> Int {
    let (offset, count) = data.bytes(frames)
    let got = try read(into: &buffer, count: count, at: offset)
    if got < count { throw shrunk(at: offset + UInt64(got)) }
    return got
  }
}
