import WAVE

/// Inspects one input and holds the result to what is promised of every one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHeader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // libFuzzer lends `count` bytes at `start` for this call.
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let inspection = WAVE.inspect(bytes)
  for finding in inspection.findings {
    precondition(finding.offset ?? 0 <= bytes.byteCount, "a finding beyond the end")
  }
  guard let header = inspection.header else {
    precondition(!inspection.findings.isEmpty, "no header and no reason")
    return 0
  }
  precondition((header.dataOffset ?? 0) + header.dataBytes <= bytes.byteCount, "samples beyond the end")
  if let layout = header.layout, let frames = header.frames {
    precondition(frames * UInt64(layout.bytesPerFrame) <= header.dataBytes, "frames beyond the data")
  }
  return 0
}
