/// What one channel of a window has beyond the ordinary: runs at full scale, and samples over it.
///
/// `prefix` and `suffix` are the lengths of the runs at full scale that touch the window's beginning and end; both
/// are the whole window when nothing else is in it. `clipped`, `runs` and `firstClipped` tell of the runs between,
/// those of at least `shortestRun` samples. A place is a frame of the window, −1 for none.
public typealias RailTotals = (
  prefix: Int, suffix: Int, clipped: Int, runs: Int, firstClipped: Int, over: Int, firstOver: Int
)

/// Looks for samples at full scale, of magnitude `rail` to 1, and for samples beyond 1.
///
/// - Precondition: `samples` holds `(count - 1) * stride + 1` finite values; `count` is at least 1.
public func measureRails(
  _ samples: UnsafePointer<Double>, stride: Int, count: Int, rail: Double, shortestRun: Int
) -> RailTotals {
  var totals: RailTotals = (0, 0, 0, 0, -1, 0, -1)
  var run = 0
  for frame in 0..<count {
    let magnitude = abs(samples[frame &* stride])
    if magnitude > 1 {
      if totals.over == 0 { totals.firstOver = frame }
      totals.over &+= 1
    }
    if magnitude >= rail && magnitude <= 1 {
      run &+= 1
      continue
    }
    if run == frame {
      totals.prefix = run
    } else if run >= shortestRun {
      if totals.runs == 0 { totals.firstClipped = frame &- run }
      totals.runs &+= 1
      totals.clipped &+= run
    }
    run = 0
  }
  totals.suffix = run
  if run == count { totals.prefix = count }
  return totals
}

/// Replaces NaN and infinity by zero, and brings magnitudes beyond `limit` down to it.
///
/// - Returns: how many samples were NaN or infinite, and the frame of the first; −1 for none.
/// - Precondition: `samples` holds `(count - 1) * stride + 1` values.
public func boundSamples(
  _ samples: UnsafeMutablePointer<Double>, stride: Int, count: Int, limit: Double
) -> (count: Int, first: Int) {
  var replaced = (count: 0, first: -1)
  for frame in 0..<count {
    let sample = samples[frame &* stride]
    if !sample.isFinite {
      if replaced.count == 0 { replaced.first = frame }
      replaced.count &+= 1
      samples[frame &* stride] = 0
    } else if abs(sample) > limit {
      samples[frame &* stride] = sample < 0 ? -limit : limit
    }
  }
  return replaced
}
