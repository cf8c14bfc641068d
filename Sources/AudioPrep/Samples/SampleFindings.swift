import AudioDSP
import WAVE

/// The findings that a file's samples give.
///
/// Each cause is told once: a silent file is not also quiet, a silent channel not also unlike the others.
struct SampleFindings {
  private let scan: SampleScan
  private var levels: LevelReport { scan.levels }
  private static let silentPeak = Decibels.amplitude(LevelThreshold.silentPeak)
  private static let lowPeak = Decibels.amplitude(LevelThreshold.lowPeak)

  /// The findings of a scan, in no particular order.
  static func findings(_ scan: SampleScan) -> [Finding] {
    let findings = SampleFindings(scan: scan)
    let always = [findings.nonFinite]
    guard scan.levels.audiblePeak > silentPeak else { return (always + [findings.silent]).compactMap { $0 } }
    return
      (always + [
        findings.quiet, findings.clipped, findings.overFullScale, findings.dcOffset, findings.channels,
        findings.dropouts, findings.bandLimited,
      ]).compactMap { $0 }
  }

  // MARK: The whole file

  /// Whether there is enough for a level or a mean to say something.
  private var isLongEnough: Bool {
    Double(levels.frames) >= LevelThreshold.shortestJudged * Double(levels.sampleRate)
  }

  private var silent: Finding {
    let level = Decibels.text(amplitude: levels.audiblePeak)
    let what = levels.peak == 0 ? "all samples are zero" : "the peak is \(level) about the mean"
    return Finding(
      .silent, .error, "there is no sound: \(what)", fix: "check the microphone and the channel, and record again")
  }

  /// Too quiet all over, or for most of the time: the first explains the second.
  private var quiet: Finding? {
    guard isLongEnough else { return nil }
    if levels.audiblePeak < SampleFindings.lowPeak {
      return Finding(
        .levelLow, .warning,
        "the peak is \(Decibels.text(amplitude: levels.audiblePeak)), over \(Int(-LevelThreshold.lowPeak)) dB under "
          + "full scale",
        fix: "raise the level: wavprep normalize --peak -3, or record closer to the microphone")
    }
    guard levels.silence > LevelThreshold.mostlySilentShare else { return nil }
    return Finding(
      .mostlySilent, .warning,
      "\(SampleFindings.percent(levels.silence)) of the time is under \(Int(LevelThreshold.silentWindow)) dBFS",
      fix: "listen whether the speakers are all heard; cut the silence, which is paid for")
  }

  private var bandLimited: Finding? {
    guard let end = scan.upperEnd, end <= LevelThreshold.limitedBand,
      levels.sampleRate >= LevelThreshold.lowestLimitedRate
    else { return nil }
    let band = Double(levels.sampleRate) / 2
    return Finding(
      .bandLimited, .info,
      "there is next to nothing above \(SampleFindings.kilohertz(end * band)) in a band of "
        + "\(SampleFindings.kilohertz(band)): it was probably made at a lower rate",
      fix: "if there is an original, send that; a lower rate would hold all of this")
  }

  // MARK: Samples

  private var nonFinite: Finding? {
    guard let place = place(\.nonFinite) else { return nil }
    return Finding(
      .nonFinite, .error, at: place.byte,
      "\(SampleFindings.count(levels.nonFinite.count, "sample is", "samples are")) NaN or infinite, "
        + "the first \(place.text)",
      fix: "let wavprep normalize make them zero, and mend the program that wrote the file")
  }

  private var overFullScale: Finding? {
    guard let place = place(\.overFullScale) else { return nil }
    return Finding(
      .overFullScale, .warning, at: place.byte,
      "\(SampleFindings.count(levels.overFullScale.count, "sample is", "samples are")) beyond full scale, "
        + "the first \(place.text); the peak is \(Decibels.text(amplitude: levels.peak))",
      fix: "lower the level before it becomes integers: wavprep normalize --peak -1")
  }

  private var clipped: Finding? {
    guard let place = place(\.clippedSamples) else { return nil }
    let count = levels.clippedSamples.count
    let share = Double(count) / Double(max(1, levels.frames)) / Double(max(1, levels.channels.count))
    let runs = levels.channels.reduce(0) { $0 + $1.clippedRuns }
    return Finding(
      .clipped, .warning, at: place.byte,
      "\(count) samples (\(SampleFindings.percent(share))) stand at full scale in "
        + "\(SampleFindings.count(runs, "run", "runs")) of \(LevelMeter.shortestClippedRun) or more, "
        + "the first \(place.text)",
      fix: "record again at a lower level: what was cut off cannot be brought back")
  }

  private var dropouts: Finding? {
    guard let place = place(\.dropouts),
      let worst = levels.channels.max(by: { $0.dropouts.count < $1.dropouts.count })
    else { return nil }
    let longest = levels.channels.map(\.longestDropout).max() ?? 0
    let milliseconds = Int((Double(longest) / Double(levels.sampleRate) * 1000).rounded())
    return Finding(
      .dropouts, .warning, at: place.byte,
      "\(SampleFindings.count(worst.dropouts.count, "gap", "gaps")) of digital silence inside sound, "
        + "up to \(milliseconds) ms long, the first \(place.text)",
      fix: "look for lost packets or an overrun in the recorder; what is missing cannot be brought back")
  }

  private var dcOffset: Finding? {
    guard isLongEnough else { return nil }
    let offsets = levels.channels.enumerated().filter { abs($0.element.mean) > LevelThreshold.dcOffset }
    guard !offsets.isEmpty else { return nil }
    let means = offsets.map { "\(SampleFindings.percent($0.element.mean)) of full scale in channel \($0.offset + 1)" }
    return Finding(
      .dcOffset, .warning, "the mean is off zero: \(SampleFindings.list(means))",
      fix: "take it out with a high-pass filter (sox in.wav out.wav highpass 20), and check the sound card")
  }

  // MARK: Channels

  /// What is wrong with the channels beside each other: one thing at most.
  private var channels: Finding? {
    let silent = levels.channels.indices.filter { levels.channels[$0].audiblePeak <= SampleFindings.silentPeak }
    guard silent.isEmpty else {
      let names = SampleFindings.list(silent.map { String($0 + 1) })
      let sounding = levels.channels.indices.filter { !silent.contains($0) }.map { String($0 + 1) }
      return Finding(
        .channelSilent, .warning,
        "nothing is to be heard in \(silent.count == 1 ? "channel" : "channels") \(names) of \(levels.channels.count)",
        fix: sounding.count <= 8
          ? "leave it out: wavprep normalize --channels \(sounding.joined(separator: ","))"
          : "leave it out with wavprep normalize --channels")
    }
    if levels.areChannelsIdentical {
      return Finding(
        .channelsIdentical, .info, "all \(levels.channels.count) channels are alike",
        fix: "one is enough: wavprep normalize --channels auto keeps one")
    }
    guard let mixPower = levels.mixPower, mixPower < LevelThreshold.cancellingMix else { return nil }
    let loss = Decibels.of(power: mixPower).map { "would lose \(Int((-$0).rounded())) dB" } ?? "would be silent"
    return Finding(
      .channelsAntiphase, .warning, "the channels are in antiphase: a mono mix \(loss)",
      fix: "use one channel: wavprep normalize --channels left")
  }

  // MARK: Places and numbers

  /// Where something is found first, over all channels.
  private func place(
    _ occurrences: KeyPath<LevelReport.Channel, LevelReport.Occurrences>
  ) -> (byte: UInt64?, text: String)? {
    let first = levels.channels.enumerated().compactMap { channel, found in
      found[keyPath: occurrences].first.map { (frame: $0, channel: channel) }
    }.min { $0.frame < $1.frame }
    guard let first else { return nil }
    let seconds = Double(first.frame) / Double(levels.sampleRate)
    let channel = levels.channels.count > 1 ? " in channel \(first.channel + 1)" : ""
    return (
      scan.places?.byte(frame: first.frame, channel: first.channel),
      "at \(NumberText.decimal(seconds, places: 3)) s\(channel)"
    )
  }

  private static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private static func list(_ items: [String]) -> String {
    // Beyond a handful, the list would bury the sentence.
    items.count > 8 ? items.prefix(8).joined(separator: ", ") + "…" : items.joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String {
    let percent = share * 100
    return abs(percent) < 0.01 ? "under 0.01 %" : NumberText.decimal(percent, places: abs(percent) < 1 ? 2 : 1) + " %"
  }

  private static func kilohertz(_ hertz: Double) -> String { NumberText.decimal(hertz / 1000, places: 1) + " kHz" }
}
