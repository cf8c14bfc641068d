import WavprepCommands

@main
struct Program {
  static func main() async {
    await Wavprep.main()
  }
}
