/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
  /// The longest wait that is obeyed, in seconds: a server must not put a run to sleep for a day.
  static let limit = 600.0

  /// Seconds to wait, between 0 and the limit; nil when the value is neither.
  ///
  /// - Parameter now: seconds since 1970.
  static func seconds(_ value: String, now: Int) -> Double? {
    if let seconds = Double(value), seconds.isFinite { return min(max(seconds, 0), limit) }
    return date(value).map { min(max(Double($0 - now), 0), limit) }
  }

  /// Seconds since 1970 of a date like `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers may send.
  private static func date(_ value: String) -> Int? {
    let parts = value.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let time = parts[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
      return nil
    }
    // Years begin in March here, so that the leap day comes last.
    let shifted = (month + 10) % 12
    let years = month < 2 ? year - 1 : year
    let days = 365 * years + years / 4 - years / 100 + years / 400 + (306 * shifted + 5) / 10 + day - 1 - 719_468
    return ((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2]
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
