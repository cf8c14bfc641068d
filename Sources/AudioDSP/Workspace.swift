extension Resampler {
  /// A thread's memory for resampling: grows with the first block and is reused from then on.
  public struct Workspace: ~Copyable {
    var even = Scratch(place: 0)
    var odd = Scratch(place: 1)
    var first = Scratch(place: 2)
    var second = Scratch(place: 3)
    var spectrumReal = Scratch(place: 4)
    var spectrumImaginary = Scratch(place: 5)
    var staged = Scratch(place: 6)
    var filtered = Scratch(place: 7)

    /// Makes an empty workspace.
    public init() {}
  }
}

/// Memory for floats that grows when more is asked for. Never read before it is written.
///
/// Scratches of different places start at different places of a page. Where they start at the same, a load from one
/// waits for a store to another at the same distance from its page's start, which is all that the processor compares at
/// first (4-Kbyte aliasing: Intel 64 and IA-32 Architectures Optimization Reference Manual), and all lie in the same
/// sets of the cache: transforms took 14 % longer.
struct Scratch: ~Copyable {
  private static let page = 4096
  /// An odd number of cache lines, so that no two of eight places are near each other.
  private static let bytesBetweenPlaces = 7 * 64

  private var memory: UnsafeMutableRawPointer
  private var capacity = 0
  private let offset: Int

  /// No memory yet.
  ///
  /// - Precondition: `place` is in 0..<8.
  init(place: Int) {
    precondition((0..<8).contains(place), "a page has eight places")
    offset = place * Self.bytesBetweenPlaces
    memory = Self.allocate(offset)
  }

  deinit {
    memory.deallocate()
  }

  /// Room for `count` floats, 64-byte aligned; what was in it may be gone.
  mutating func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
    if count > capacity {
      memory.deallocate()
      memory = Self.allocate(offset + 4 * count)
      capacity = count
    }
    return (memory + offset).assumingMemoryBound(to: Float.self)
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
    memory.bindMemory(to: Float.self, capacity: bytes / 4)
    return memory
  }
}
