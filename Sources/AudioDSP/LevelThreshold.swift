/// Where the lines are drawn. Powers are shares of full scale's: −50 dBFS is 10⁻⁵.
public enum LevelThreshold {
  /// The length, in seconds, from which a file's level and mean are judged: a syllable's. Less may be a click, or half
  /// a period of a low tone.
  public static let shortestJudged = 0.1
  /// The peak about the mean, in dBFS, that silence does not exceed: 33 steps of 16 bits, above the hum and hiss of an
  /// input that nothing is plugged into and below any voice.
  public static let silentPeak = -60.0
  /// The level of a window, in dBFS after its mean is taken away, under which it is silent: a quiet room, recorded so
  /// that speech in it is at a fair level, stays under it.
  public static let silentWindow = -50.0
  /// The share of silent windows above which a file is worth a look: people who talk leave pauses, not nine tenths.
  public static let mostlySilentShare = 0.9
  /// The mean, as a share of full scale, that a sound converter does not have.
  public static let dcOffset = 0.01
  /// The peak about the mean, in dBFS, under which a recording is too quiet: of 16 bits, five would never be used.
  public static let lowPeak = -30.0
  /// The power of the channels' sum, as a share of the sum of their powers, under which a mono mix cancels: a tenth
  /// of what each of two channels has, where unrelated ones keep a half.
  public static let cancellingMix = 0.2
  /// The shortest gap that is a dropout: the packets of telephony and the buffers of sound cards are this long, and no
  /// sound of speech is exactly zero for so long.
  public static let dropoutSeconds = 0.02
  /// The peak, in dBFS, that sound has within a window or two of both ends of a dropout: a pause fades out below
  /// it before a gate or an editor makes it digital silence.
  public static let dropoutEdge = -40.0
  /// What the upper part of a band holds when there is nothing in it, in dB of all of the sound's power: a resampler's
  /// images and dither stay under it, the breath in real speech does not.
  public static let emptyBandShare = -60.0
  /// The same in dBFS, for quiet sound: 3 dB above the noise of 16 bits with triangular dither in half a band.
  public static let emptyBand = -96.0
  /// The share of its band that band-limited sound does not exceed: half, and a resampler's transition band.
  public static let limitedBand = 0.55
  /// The sample rate, in Hz, from which half a band is telephone audio: 8 kHz audio is that as a whole.
  public static let lowestLimitedRate = 16_000
}
