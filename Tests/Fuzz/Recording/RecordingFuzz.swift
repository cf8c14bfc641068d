import AudioPrep
import Glibc

/// Checks one input and normalizes it, as the commands would; what is an error for users is none here.
///
/// The file and the output lie in shared memory, so that no disk slows the search down.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecording(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let name = "/dev/shm/wavprep-fuzz-\(getpid())"
  let descriptor = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  precondition(descriptor >= 0, "no file in /dev/shm")
  // libFuzzer lends `count` bytes at `start` for this call.
  precondition(write(descriptor, start, count) == count, "/dev/shm is full")
  close(descriptor)
  defer {
    unlink(name)
    unlink(name + ".out")
  }
  do {
    let report = try Checker().check(name)
    precondition(!report.json.text.isEmpty && !report.text.isEmpty)
    var normalizer = Normalizer()
    normalizer.replacesOutput = true
    normalizer.options.threads = 1
    _ = try normalizer.normalize(name, to: name + ".out")
  } catch {
    precondition(!"\(error)".isEmpty)
  }
  return 0
}
