/// Channels of single-precision samples, each in memory of its own: a block on its way from file to file.
///
/// Made once and reused from block to block. Full scale is ±1.0. Every channel starts on a 64-byte boundary.
public struct PlanarBuffer: ~Copyable {
  /// How many channels there are.
  public let channels: Int
  /// How many samples each channel has room for.
  public let capacity: Int

  private let base: UnsafeMutablePointer<Float>
  /// Floats from one channel to the next: `capacity` rounded up to whole cache lines.
  private let stride: Int

  /// Allocates `channels` × `capacity` samples.
  ///
  /// - Parameter isSilent: whether they are silence; if not, they mean nothing until they are written, which saves a
  ///   thirtieth of the time that a clip of five seconds takes.
  /// - Precondition: `channels` ≥ 1, `capacity` ≥ 0, and their product fits in memory.
  public init(channels: Int, capacity: Int, isSilent: Bool = true) {
    precondition(channels >= 1 && capacity >= 0, "a buffer needs a channel and a capacity that is not negative")
    self.channels = channels
    self.capacity = capacity
    stride = (capacity + 15) & ~15
    let count = max(16, stride * channels)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
    base = memory.bindMemory(to: Float.self, capacity: count)
    if isSilent { base.initialize(repeating: 0, count: count) }
  }

  deinit {
    UnsafeMutableRawPointer(base).deallocate()
  }

  /// One channel's samples, all `capacity` of them.
  ///
  /// - Precondition: `channel` is in `0..<channels`.
  @_lifetime(borrow self)
  public func span(channel: Int) -> Span<Float> {
    let span = Span(_unsafeStart: UnsafePointer(pointer(channel: channel)), count: capacity)
    return _overrideLifetime(span, borrowing: self)
  }

  /// One channel's samples for writing, all `capacity` of them.
  ///
  /// - Precondition: `channel` is in `0..<channels`.
  @_lifetime(&self)
  public mutating func mutableSpan(channel: Int) -> MutableSpan<Float> {
    let span = MutableSpan(_unsafeStart: pointer(channel: channel), count: capacity)
    return _overrideLifetime(span, mutating: &self)
  }

  /// Fills part of every channel with zeros.
  ///
  /// - Precondition: `range` lies within `0..<capacity`.
  public mutating func silence(_ range: Range<Int>) {
    check(range)
    for channel in 0..<channels {
      (pointer(channel: channel) + range.lowerBound).update(repeating: 0, count: range.count)
    }
  }

  /// A channel's first sample, for kernels; valid as long as the buffer.
  func pointer(channel: Int) -> UnsafeMutablePointer<Float> {
    precondition(channel >= 0 && channel < channels, "no such channel")
    return base + channel * stride
  }

  /// Stops the program when `range` is not within the buffer.
  func check(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= capacity, "beyond the buffer")
  }
}
