import AudioDSP

extension Decibels {
  /// A level for people to read.
  static func text(amplitude: Double) -> String {
    of(amplitude: amplitude).map { NumberText.decimal($0, places: 1) + " dBFS" } ?? "digital silence"
  }
}

/// Numbers for people to read.
enum NumberText {
  /// A number with so many decimals.
  static func decimal(_ value: Double, places: Int) -> String {
    guard abs(value) < 1e12 else { return "\(value)" }
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    let digits = Int64((abs(value) * Double(scale)).rounded())
    let fraction = String(digits % scale)
    let sign = value < 0 && digits > 0 ? "-" : ""
    guard places > 0 else { return sign + String(digits) }
    return sign + "\(digits / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
