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
  var frame = 0
  while frame < count {
    if run == 0, frame &+ 8 <= count, highestOfEight(samples + frame &* stride, stride: stride) < rail {
      frame &+= 8
      continue
    }
    let magnitude = abs(samples[frame &* stride])
    defer { frame &+= 1 }
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

/// The largest magnitude of eight samples.
@inline(__always)
private func highestOfEight(_ samples: UnsafePointer<Double>, stride: Int) -> Double {
  var highest = 0.0
  for index in 0..<8 {
    let magnitude = abs(samples[index &* stride])
    highest = magnitude > highest ? magnitude : highest
  }
  return highest
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
