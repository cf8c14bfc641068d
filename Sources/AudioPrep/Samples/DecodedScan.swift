import AudioDSP
import WAVE

extension SampleScanner {
  /// Measures what libsndfile decodes, from the first frame to the last.
  func scanDecoded(_ file: InputFile, _ header: WaveHeader) throws(FileError) -> SampleScan? {
    guard header.data != nil, header.dataBytes > 0 else { return nil }
    var decoded: DecodedFile
    do throws(NormalizeError) {
      decoded = try DecodedFile(file)
    } catch {
      if case .file(let failure) = error { throw failure }
      return nil
    }
    guard let layout = SampleLayout(coding: .float, bytesPerSample: 4, channels: decoded.channels),
      // What the codecs here decode to has 16 bits.
      let format = MeterFormat(layout, sampleRate: decoded.sampleRate, validBits: 16)
    else { return nil }
    let meter = LevelMeter(format, instructionSet: kernels)
    var fold = LevelFold(format)
    var block = MeterBlock(format)
    let stated = Int(decoded.statedFrames ?? 0)
    var band = BandCollector(channels: layout.channels, frames: stated)
    var samples = [Float](repeating: 0, count: format.framesPerBlock * layout.channels)
    var frames = 0
    while true {
      let got = try decoded.read(format.framesPerBlock, into: &samples)
      if got == 0 { break }
      meter.measure(samples.span.bytes.extracting(first: got * layout.bytesPerFrame), into: &block)
      fold.add(block)
      band.add(samples.span.extracting(first: got * layout.channels), at: frames)
      frames += got
    }
    guard frames > 0 else { return nil }
    return SampleScan(decoded: fold.report(), upperEnd: band.meter.upperEnd)
  }
}

/// Picks the pieces that a ``BandMeter`` looks at out of a stream.
private struct BandCollector {
  private(set) var meter: BandMeter
  private let channels: Int
  private var places: ArraySlice<Int>
  private var piece: [Double] = []

  init(channels: Int, frames: Int) {
    self.channels = channels
    meter = BandMeter(channels: channels)
    places = BandMeter.places(frames: frames)[...]
  }

  /// Looks for pieces in the next part of the stream, which begins at frame `start`.
  mutating func add(_ samples: Span<Float>, at start: Int) {
    let end = start + samples.count / channels
    while let place = places.first, place < end {
      let from = max(place, start) - start
      let to = min(place + BandMeter.pieceFrames, end) - start
      for index in from * channels..<to * channels { piece.append(Double(samples[index])) }
      guard piece.count == BandMeter.pieceFrames * channels else { return }
      let whole = piece
      meter.add(whole.span)
      piece.removeAll(keepingCapacity: true)
      places.removeFirst()
    }
  }
}
