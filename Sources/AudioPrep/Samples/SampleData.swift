import AudioDSP
import WAVE

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The samples of a file, as many as it really holds.
struct SampleData: Sendable {
  /// The file's path, for errors.
  let path: String
  /// The open descriptor, which stays the caller's.
  let descriptor: Int32
  /// Where the first sample begins.
  let offset: UInt64
  /// Whole frames that there are.
  let frames: Int
  let format: MeterFormat

  /// The frames of one block.
  var framesPerBlock: Int { format.windowFrames * format.windowsPerBlock }
  /// How many blocks there are.
  var blocks: Int { frames / framesPerBlock + (frames.isMultiple(of: framesPerBlock) ? 0 : 1) }

  /// Reads frames into the beginning of `buffer`.
  ///
  /// - Returns: how many bytes that are.
  /// - Throws: the system's reason, or that the file has become shorter.
  /// - Precondition: the frames are in `0..<frames`, and the buffer has room for them.
  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(FileError) -> Int {
    let wanted = range.count * format.layout.bytesPerFrame
    let start = offset + UInt64(range.lowerBound * format.layout.bytesPerFrame)
    var filled = 0
    precondition(range.lowerBound >= 0 && range.upperBound <= frames && buffer.count >= wanted, "beyond the samples")
    while filled < wanted {
      // The buffer has room for `wanted` bytes, of which `filled` are there.
      let got = buffer.withUnsafeMutableBytes { bytes in
        pread(descriptor, bytes.baseAddress.map { $0 + filled }, wanted - filled, off_t(start) + off_t(filled))
      }
      if got > 0 {
        filled += got
      } else if got == 0 {
        throw FileError(path, .shrank(at: start + UInt64(filled)))
      } else if errno != EINTR {
        throw FileError(path, .system(operation: "read", code: errno))
      }
    }
    return wanted
  }
}
