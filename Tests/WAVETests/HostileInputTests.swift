import Testing

@testable import WAVE

/// A file of any size of which only some pieces are more than zeros; counts what is read of it.
final class SparseFile: ByteSource {
  let byteCount: UInt64
  private let pieces: [(offset: UInt64, bytes: [UInt8])]
  private(set) var largestRead = 0
  private(set) var reads = 0

  init(byteCount: UInt64, _ pieces: (offset: UInt64, bytes: [UInt8])...) {
    self.byteCount = byteCount
    self.pieces = pieces
  }

  func read(_ count: Int, at offset: UInt64) throws(Never) -> [UInt8] {
    guard offset < byteCount else { return [] }
    reads += 1
    largestRead = max(largestRead, count)
    var bytes = [UInt8](repeating: 0, count: Int(min(UInt64(count), byteCount - offset)))
    for piece in pieces {
      for (index, byte) in piece.bytes.enumerated() {
        let place = piece.offset + UInt64(index)
        if place >= offset, place - offset < UInt64(bytes.count) { bytes[Int(place - offset)] = byte }
      }
    }
    return bytes
  }
}

/// A generator with a seed, so that a failure can be repeated (Steele, Lea and Flood 2014: SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

@Suite("Any bytes at all") struct HostileInputTests {
  /// What holds of every inspection.
  private func checkPromises(_ bytes: [UInt8], _ context: String) {
    let inspection = WAVE.inspect(bytes)
    let ids = inspection.findings.map(\.id)
    #expect(Set(ids).count == ids.count, "an id twice: \(context)")
    #expect(inspection.findings.allSatisfy { $0.offset ?? 0 <= bytes.byteCount }, "a place beyond the end: \(context)")
    #expect(inspection.header != nil || !ids.isEmpty, "no header and no reason: \(context)")
    guard let header = inspection.header else { return }
    let end = (header.dataOffset ?? 0) + header.dataBytes
    #expect(end <= bytes.byteCount, "samples beyond the end: \(context)")
    if let layout = header.layout, let frames = header.frames {
      #expect(frames * UInt64(layout.bytesPerFrame) <= header.dataBytes, "frames beyond the data: \(context)")
    }
  }

  @Test("changed at random never trap and keep the promises", arguments: 1...8)
  func mutations(seed: UInt64) throws {
    let seeds = try Fixture.damaged.map { Array(try $0.bytes.prefix(1500)) }.filter { !$0.isEmpty }
    var random = SplitMix(state: seed)
    let values: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x20]
    for round in 0..<2500 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<min(bytes.count, 120), using: &random)
        bytes[place] =
          Bool.random(using: &random) ? values.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      checkPromises(bytes, "seed \(seed), round \(round)")
    }
  }

  @Test("cut off anywhere in the header keep the promises", arguments: Fixture.damaged)
  func truncations(of fixture: Fixture) throws {
    let bytes = try fixture.bytes
    for count in 0..<min(bytes.count, 150) { checkPromises(Array(bytes.prefix(count)), "\(fixture) cut at \(count)") }
  }

  @Test("that claim gigabytes are read in pages, and samples not at all") func bigFile() throws {
    let gigabytes: UInt64 = 3 << 30
    let header = riff(chunk("fmt ", format()), chunk("data", [], size: UInt32(gigabytes)))
    let list = chunk("LIST", Array("INFO".utf8))
    let total = 44 + gigabytes + UInt64(list.count)
    let size = little(UInt32(total - 8))
    let file = SparseFile(byteCount: total, (0, header), (4, size), (44 + gigabytes, list))
    let inspection = WAVE.inspect(file)
    #expect(inspection.findings.isEmpty)
    #expect(inspection.header?.frames == gigabytes / 2)
    #expect(file.largestRead <= Window.span)
    #expect(file.reads <= 3)
  }

  @Test("beyond 4 GB have their sizes in ds64") func longFile() throws {
    let dataBytes: UInt64 = 5 << 30
    let sizes = little(dataBytes + 72) + little(dataBytes) + little(dataBytes / 2) + little(UInt32(0))
    let ones = UInt32.max
    let header =
      Array("RF64".utf8) + little(ones) + Array("WAVE".utf8) + chunk("ds64", sizes) + chunk("fmt ", format())
      + chunk("data", [], size: ones)
    let inspection = WAVE.inspect(SparseFile(byteCount: dataBytes + 80, (0, header)))
    #expect(inspection.findings.map(\.id) == [.rf64])
    #expect(inspection.header?.frames == dataBytes / 2)
    #expect(inspection.header?.dataOffset == 80)
  }

  @Test("beyond 4 GB with sizes of 32 bits have them put right", arguments: [0, 36])
  func wrappedSizes(listBytes: Int) throws {
    let dataBytes: UInt64 = 5 << 30
    let list = listBytes == 0 ? [] : chunk("LIST", [UInt8](repeating: 65, count: listBytes - 8))
    let total = 44 + dataBytes + UInt64(list.count)
    let header = riff(chunk("fmt ", format()), chunk("data", [], size: UInt32(truncatingIfNeeded: dataBytes)))
    let size = little(UInt32(truncatingIfNeeded: total - 8))
    let noise = [UInt8](repeating: 0xA5, count: 64)
    let file = SparseFile(
      byteCount: total, (0, header), (4, size), (44 + dataBytes % (1 << 32), noise), (44 + dataBytes, list))
    let inspection = WAVE.inspect(file)
    #expect(inspection.findings.map(\.id) == [.dataSizePlaceholder])
    #expect(inspection.header?.frames == dataBytes / 2)
  }

  @Test("made of a million empty chunks are given up after some thousands") func manyChunks() throws {
    let header = riff(chunk("fmt ", format()))
    let file = RepeatingFile(header: header, unit: chunk("note", []), count: 1_000_000)
    let inspection = WAVE.inspect(file)
    #expect(inspection.findings.map(\.id) == [.chunksTooMany])
    #expect(file.bytesRead < 200_000)
  }

  @Test("that shrink while they are read give findings") func shrinking() {
    let bytes = riff(chunk("fmt ", format()), chunk("data", [UInt8](repeating: 1, count: 320)))
    for held in 0..<bytes.count {
      let inspection = WAVE.inspect(ShrinkingFile(byteCount: bytes.byteCount, held: Array(bytes.prefix(held))))
      #expect(inspection.header?.dataBytes ?? 0 <= 320)
    }
  }
}

/// A header and then one chunk many times over.
final class RepeatingFile: ByteSource {
  let byteCount: UInt64
  private let header: [UInt8]
  private let unit: [UInt8]
  private(set) var bytesRead = 0

  init(header: [UInt8], unit: [UInt8], count: Int) {
    let size = little(UInt32(header.count + unit.count * count - 8))
    self.header = header.prefix(4) + size + header.dropFirst(8)
    self.unit = unit
    byteCount = UInt64(header.count + unit.count * count)
  }

  func read(_ count: Int, at offset: UInt64) throws(Never) -> [UInt8] {
    bytesRead += count
    return (offset..<min(byteCount, offset + UInt64(count))).map { place in
      let place = Int(place)
      return place < header.count ? header[place] : unit[(place - header.count) % unit.count]
    }
  }
}

/// A file that has fewer bytes than its size said when it was opened.
struct ShrinkingFile: ByteSource {
  var byteCount: UInt64
  var held: [UInt8]

  func read(_ count: Int, at offset: UInt64) throws(Never) -> [UInt8] { held.read(count, at: offset) }
}
