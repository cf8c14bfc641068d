// What the kernels share: the register width of the instruction set they are built for, and unaligned access.

#if X86_64_V3
  /// One vector register of floats.
  typealias Vector = SIMD8<Float>
  /// One vector register of 32-bit integers.
  typealias IntVector = SIMD8<Int32>
  /// One vector register of 32-bit patterns.
  typealias WordVector = SIMD8<UInt32>
#else
  /// One vector register of floats.
  typealias Vector = SIMD4<Float>
  /// One vector register of 32-bit integers.
  typealias IntVector = SIMD4<Int32>
  /// One vector register of 32-bit patterns.
  typealias WordVector = SIMD4<UInt32>
#endif

/// `sum + x * h`, fused where the instruction set can: elsewhere `addingProduct` is a call of `fmaf` for each lane.
@inline(__always)
func multiplyAdd(_ sum: Vector, _ x: Vector, _ h: Vector) -> Vector {
  #if X86_64_V3 || arch(arm64)
    return sum.addingProduct(x, h)
  #else
    return sum + x * h
  #endif
}

/// Reads a register's worth of floats that starts at `pointer`, aligned or not.
@inline(__always)
func load(_ pointer: UnsafePointer<Float>) -> Vector {
  UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
}

/// Writes a register's worth of floats from `pointer` on, aligned or not.
@inline(__always)
func store(_ vector: Vector, _ pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: Vector.self)
}
