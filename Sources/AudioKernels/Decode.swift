/// The general path: one channel of integers of any container width and byte order, left-justified in their container
/// and scaled so that its full scale is ±1.
///
/// - Parameters:
///   - bytes: the first byte of the channel's first sample.
///   - stride: bytes from a sample to the channel's next.
///   - width: bytes in a container, 1 to 8.
///   - flip: added to the left-justified value; `Int64.min` turns offset binary into two's complement.
/// - Precondition: `bytes` holds `(count - 1) * stride + width` bytes, `output` room for `count` samples.
@inline(never)
public func decodeInteger(
  _ bytes: UnsafeRawPointer, stride: Int, width: Int, bigEndian: Bool, flip: Int64,
  into output: UnsafeMutablePointer<Float>, count: Int
) {
  @inline(__always)
  func decode(_ leftJustified: (UnsafeRawPointer) -> UInt64) {
    var sample = bytes
    for index in 0..<count {
      // Powers of two scale exactly, so rounding to 24 bits happens once, in the conversion.
      output[index] = Float(Int64(bitPattern: leftJustified(sample)) &+ flip) * 0x1p-63
      sample += stride
    }
  }
  switch (width, bigEndian) {
  case (1, _): decode { UInt64($0.load(as: UInt8.self)) &<< 56 }
  case (2, false): decode { UInt64(UInt16(littleEndian: $0.loadUnaligned(as: UInt16.self))) &<< 48 }
  case (2, true): decode { UInt64(UInt16(bigEndian: $0.loadUnaligned(as: UInt16.self))) &<< 48 }
  case (3, false):
    decode {
      UInt64(UInt16(littleEndian: $0.loadUnaligned(as: UInt16.self))) &<< 40
        | UInt64($0.load(fromByteOffset: 2, as: UInt8.self)) &<< 56
    }
  case (3, true):
    decode {
      UInt64(UInt16(bigEndian: $0.loadUnaligned(as: UInt16.self))) &<< 48
        | UInt64($0.load(fromByteOffset: 2, as: UInt8.self)) &<< 40
    }
  case (4, false): decode { UInt64(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) &<< 32 }
  case (4, true): decode { UInt64(UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self))) &<< 32 }
  default:
    decode { sample in
      var word: UInt64 = 0
      for byte in 0..<width {
        let place = bigEndian ? byte : width &- 1 &- byte
        word |= UInt64(sample.load(fromByteOffset: place, as: UInt8.self)) &<< UInt64(56 &- 8 &* byte)
      }
      return word
    }
  }
}

/// One channel of IEEE 754 floats, 4 or 8 bytes wide, either byte order; NaN and infinity pass.
///
/// - Precondition: as of ``decodeInteger(_:stride:width:bigEndian:flip:into:count:)``, `width` 4 or 8.
@inline(never)
public func decodeFloat(
  _ bytes: UnsafeRawPointer, stride: Int, width: Int, bigEndian: Bool,
  into output: UnsafeMutablePointer<Float>, count: Int
) {
  var sample = bytes
  for index in 0..<count {
    if width == 4 {
      let word = sample.loadUnaligned(as: UInt32.self)
      output[index] = Float(bitPattern: bigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
    } else {
      let word = sample.loadUnaligned(as: UInt64.self)
      output[index] = Float(Double(bitPattern: bigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)))
    }
    sample += stride
  }
}

/// One channel of single bytes, each a key to `table`: A-law and µ-law.
///
/// - Precondition: as of ``decodeInteger(_:stride:width:bigEndian:flip:into:count:)``, `width` 1; `table` holds 256.
@inline(never)
public func decodeTable(
  _ bytes: UnsafeRawPointer, stride: Int, table: UnsafePointer<Float>,
  into output: UnsafeMutablePointer<Float>, count: Int
) {
  var sample = bytes
  for index in 0..<count {
    output[index] = table[Int(sample.load(as: UInt8.self))]
    sample += stride
  }
}
