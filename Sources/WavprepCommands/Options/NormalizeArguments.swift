import ArgumentParser
import AudioDSP
import AudioPrep

/// What a normalized file should be, as options.
package struct NormalizeArguments: ParsableArguments {
  @Option(help: "Samples a second: auto (up to 8000 to 8000, all others to 16000) or a number.")
  var rate = RateArgument(rate: .auto)

  @Option(
    help: ArgumentHelp(
      "auto (identical channels to one, two different ones kept, more mixed), keep, mono, left, right, or numbers from 1.",
      valueName: "auto|keep|mono|left|right|N[,N…]"))
  var channels = ChannelsArgument(channels: .auto)

  @Option(help: "Bits of a sample: 16, 24, 32 or float32.")
  var bits = BitsArgument(format: .pcm16)

  @Option(help: "Noise that hides rounding errors where bits are lost: tpdf or none.")
  var dither = Quantizer.Dither.tpdf

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Make it louder, or quieter with a negative number.", valueName: "dB"))
  var gain = 0.0

  @Option(parsing: .unconditional, help: ArgumentHelp("Bring the highest sample to this level.", valueName: "dBFS"))
  var peak: Double?

  @Option(help: "The rate converter: auto, polyphase, sinc-best, sinc-medium or sinc-fastest.")
  var resampler = NormalizeOptions.ResamplerChoice.auto

  package init() {}

  package func validate() throws {
    guard gain.isFinite, abs(gain) <= 120 else {
      throw ValidationError("--gain takes decibels from -120 to 120")
    }
    if let peak, !(peak <= 0 && peak >= -120) {
      throw ValidationError("--peak takes a level from -120 to 0 dBFS")
    }
    if peak != nil && gain != 0 {
      throw ValidationError("--gain and --peak exclude each other")
    }
  }

  /// The options for the normalizer.
  package var options: NormalizeOptions {
    var options = NormalizeOptions()
    options.rate = rate.rate
    options.channels = channels.channels
    options.format = bits.format
    options.dither = dither
    options.gain = gain
    options.peak = peak
    options.resampler = resampler
    return options
  }
}

extension Quantizer.Dither: ExpressibleByArgument {}
extension NormalizeOptions.ResamplerChoice: ExpressibleByArgument {}

/// The value of `--rate`.
struct RateArgument: ExpressibleByArgument {
  var rate: NormalizeOptions.Rate

  init(rate: NormalizeOptions.Rate) { self.rate = rate }

  init?(argument: String) {
    if argument == "auto" {
      rate = .auto
    } else if let hertz = Int(argument), (1000...768_000).contains(hertz) {
      rate = .hertz(hertz)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "auto" }
}

/// The value of `--channels`; numbers start at 1, as people count.
struct ChannelsArgument: ExpressibleByArgument {
  var channels: NormalizeOptions.Channels

  init(channels: NormalizeOptions.Channels) { self.channels = channels }

  init?(argument: String) {
    switch argument {
    case "auto": channels = .auto
    case "keep": channels = .keep
    case "mono": channels = .mono
    case "left": channels = .select([0])
    case "right": channels = .select([1])
    default:
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }
      guard numbers.count == parts.count, numbers.allSatisfy({ (1...65535).contains($0) }) else { return nil }
      channels = .select(numbers.map { $0 - 1 })
    }
  }

  var defaultValueDescription: String { "auto" }
}

/// The value of `--bits`.
struct BitsArgument: ExpressibleByArgument {
  var format: Quantizer.Format

  init(format: Quantizer.Format) { self.format = format }

  init?(argument: String) {
    guard let format = Quantizer.Format.allCases.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { Quantizer.Format.allCases.map(\.name) }

  var defaultValueDescription: String { format.name }
}
