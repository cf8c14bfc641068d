/// The `bext` chunk of a Broadcast Wave file (EBU Tech 3285), of which only what dates it is read.
public struct BroadcastChunk: Sendable, Equatable {
  /// Where its content begins, in bytes from the file's beginning.
  public var offset: UInt64
  /// `TimeReference`: frames from midnight to the first one.
  public var timeReference: UInt64
  /// `Version`: 0, 1 (2001, adds the UMID) or 2 (2011, adds loudness).
  public var version: UInt16

  /// Description 256, originator 32, its reference 32, date 10, time 8: then the time reference.
  static let timeReferenceField = 338
  static let versionField = 346
  static let versions: ClosedRange<UInt16> = 0...2

  init?(_ bytes: RawSpan, at offset: UInt64, bigEndian: Bool) {
    guard let low = bytes.integer(UInt32.self, at: Self.timeReferenceField, bigEndian: bigEndian),
      let high = bytes.integer(UInt32.self, at: Self.timeReferenceField + 4, bigEndian: bigEndian),
      let version = bytes.integer(UInt16.self, at: Self.versionField, bigEndian: bigEndian)
    else { return nil }
    self.offset = offset
    timeReference = UInt64(high) << 32 | UInt64(low)
    self.version = version
  }
}
