import WavprepCommands

@main
struct Program {
  static func main() {
    Wavprep.runAsProgram()
  }
}
