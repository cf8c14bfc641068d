/// Reads samples of any layout as doubles whose full scale is ±1.
struct MeterDecoder: Sendable {
  let layout: SampleLayout
  private let kernels: MeterKernels
  private let table: [Float]

  init(_ layout: SampleLayout, _ kernels: MeterKernels) {
    self.layout = layout
    self.kernels = kernels
    table =
      switch layout.coding {
      case .aLaw: Companding.aLaw
      case .muLaw: Companding.muLaw
      default: []
      }
  }

  /// Decodes `count` samples, channels interleaved as they are.
  ///
  /// - Precondition: `bytes` holds as many, `samples` has room for them.
  func decode(_ bytes: UnsafeRawPointer, into samples: UnsafeMutablePointer<Double>, count: Int) {
    let width = layout.bytesPerSample
    switch layout.coding {
    case .unsignedInteger: kernels.widenIntegers(bytes, width, layout.bigEndian, .min, samples, count)
    case .signedInteger: kernels.widenIntegers(bytes, width, layout.bigEndian, 0, samples, count)
    case .float: kernels.widenFloats(bytes, width, layout.bigEndian, samples, count)
    case .aLaw, .muLaw:
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        kernels.widenCodes(bytes, table, samples, count)
      }
    }
  }

  /// Decodes one sample.
  ///
  /// - Precondition: `bytes` holds it.
  func sample(_ bytes: UnsafeRawPointer) -> Double {
    var sample = 0.0
    decode(bytes, into: &sample, count: 1)
    return sample
  }
}
