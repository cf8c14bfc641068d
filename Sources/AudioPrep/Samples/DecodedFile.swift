import CSndfile

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file as libsndfile decodes it, from its first frame to its last.
struct DecodedFile: ~Copyable {
  /// Samples of a frame, at least 1.
  let channels: Int
  /// Frames a second, at least 1.
  let sampleRate: Int
  /// The frames that libsndfile expects to find.
  let frames: Int
  private let handle: OpaquePointer

  /// Opens a file; nil when libsndfile is not installed or does not know the encoding.
  init?(_ file: InputFile) {
    guard csndfile_available() else { return nil }
    var info = SF_INFO()
    // Everyone else reads this descriptor at places they name, so its position is libsndfile's alone.
    guard lseek(file.descriptor, 0, SEEK_SET) == 0,
      let handle = sf_open_fd(file.descriptor, Int32(SFM_READ), &info, Int32(SF_FALSE))
    else { return nil }
    guard info.channels > 0, info.samplerate > 0 else {
      sf_close(handle)
      return nil
    }
    self.handle = handle
    channels = Int(info.channels)
    sampleRate = Int(info.samplerate)
    frames = Int(max(0, info.frames))
  }

  deinit { sf_close(handle) }

  /// Decodes as many of the next frames as `samples` has room for, channels interleaved, full scale ±1.
  ///
  /// - Returns: how many frames came; fewer only at the end.
  mutating func read(into samples: inout [Float]) -> Int {
    let room = samples.count / channels
    // libsndfile writes at most `room` frames of `channels` samples, which the array holds.
    let got = samples.withUnsafeMutableBufferPointer { sf_readf_float(handle, $0.baseAddress, sf_count_t(room)) }
    return Int(max(0, min(got, sf_count_t(room))))
  }
}
