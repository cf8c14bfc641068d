extension Resampler {
  /// A thread's memory for resampling: grows with the first block and is reused from then on.
  public struct Workspace: ~Copyable {
    var staged = Scratch()
    var filtered = Scratch()
    var even = Scratch()
    var odd = Scratch()
    var first = Scratch()
    var second = Scratch()
    var spectrumReal = Scratch()
    var spectrumImaginary = Scratch()

    /// Makes an empty workspace.
    public init() {}
  }
}

/// Memory for floats that grows when more is asked for. Never read before it is written.
struct Scratch: ~Copyable {
  private var base: UnsafeMutablePointer<Float>
  private var capacity: Int

  init() {
    capacity = 16
    base = Self.allocate(capacity)
  }

  deinit {
    UnsafeMutableRawPointer(base).deallocate()
  }

  /// Room for `count` floats, 64-byte aligned; what was in it may be gone.
  mutating func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
    if count > capacity {
      UnsafeMutableRawPointer(base).deallocate()
      capacity = count
      base = Self.allocate(count)
    }
    return base
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
    return memory.initializeMemory(as: Float.self, repeating: 0, count: count)
  }
}
