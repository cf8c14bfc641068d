/// Widens integers of any container width and byte order to doubles whose full scale is ±1.
///
/// Containers wider than 53 bits are rounded once, to the nearest double.
///
/// - Parameters:
///   - width: bytes in a container, 1 to 8; the valid bits stand in the highest places.
///   - flip: added to the left-justified value: `Int64.min` turns offset binary into two's complement, 0 does nothing.
/// - Precondition: `bytes` holds `width * count` bytes, aligned or not; `samples` has room for `count`.
public func widenIntegers(
  _ bytes: UnsafeRawPointer, width: Int, bigEndian: Bool, flip: Int64,
  into samples: UnsafeMutablePointer<Double>, count: Int
) {
  let flip32 = Int32(truncatingIfNeeded: flip &>> 32)
  // The widths that files have are loops the compiler turns into vectors; the others take a byte at a time.
  switch (width, bigEndian) {
  case (1, _):
    widen(into: samples, count: count) { index in
      (Int32(bytes.load(fromByteOffset: index, as: Int8.self)) &<< 24) &+ flip32
    }
  case (2, false):
    widen(into: samples, count: count) { index in
      (Int32(bytes.loadUnaligned(fromByteOffset: 2 &* index, as: Int16.self)) &<< 16) &+ flip32
    }
  case (2, true):
    widen(into: samples, count: count) { index in
      (Int32(bytes.loadUnaligned(fromByteOffset: 2 &* index, as: Int16.self).byteSwapped) &<< 16) &+ flip32
    }
  case (4, false):
    widen(into: samples, count: count) { index in
      bytes.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self) &+ flip32
    }
  case (4, true):
    widen(into: samples, count: count) { index in
      bytes.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self).byteSwapped &+ flip32
    }
  default:
    widenBytes(bytes, width: width, bigEndian: bigEndian, flip: flip, into: samples, count: count)
  }
}

/// Writes left-justified 32-bit samples as doubles.
@inline(__always)
private func widen(into samples: UnsafeMutablePointer<Double>, count: Int, _ sample: (Int) -> Int32) {
  for index in 0..<count { samples[index] = Double(sample(index)) * 0x1p-31 }
}

/// The general path of ``widenIntegers(_:width:bigEndian:flip:into:count:)``.
private func widenBytes(
  _ bytes: UnsafeRawPointer, width: Int, bigEndian: Bool, flip: Int64,
  into samples: UnsafeMutablePointer<Double>, count: Int
) {
  let vacant = Int64(64 &- 8 &* width)
  var start = bytes
  for index in 0..<count {
    var word: Int64 = 0
    for byte in 0..<width {
      let place = bigEndian ? width &- 1 &- byte : byte
      word |= Int64(start.load(fromByteOffset: byte, as: UInt8.self)) &<< Int64(8 &* place)
    }
    samples[index] = Double((word &<< vacant) &+ flip) * 0x1p-63
    start += width
  }
}

/// Widens IEEE 754 numbers of 4 or 8 bytes, either byte order, to doubles; NaN and infinity pass.
///
/// - Precondition: `bytes` holds `width * count` bytes, aligned or not; `samples` has room for `count`.
public func widenFloats(
  _ bytes: UnsafeRawPointer, width: Int, bigEndian: Bool, into samples: UnsafeMutablePointer<Double>, count: Int
) {
  if width == 4 {
    for index in 0..<count {
      let word = bytes.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self)
      samples[index] = Double(Float(bitPattern: bigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)))
    }
  } else {
    for index in 0..<count {
      let word = bytes.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self)
      samples[index] = Double(bitPattern: bigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word))
    }
  }
}

/// Widens single bytes through a table: the logarithmic codes of G.711.
///
/// - Precondition: `bytes` holds `count` bytes, `table` 256 values; `samples` has room for `count`.
public func widenCodes(
  _ bytes: UnsafeRawPointer, table: UnsafePointer<Float>, into samples: UnsafeMutablePointer<Double>, count: Int
) {
  for index in 0..<count {
    samples[index] = Double(table[Int(bytes.load(fromByteOffset: index, as: UInt8.self))])
  }
}
