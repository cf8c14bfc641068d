import ServiceCommands

@main
struct Program {
  static func main() async {
    await ServiceProgram.main()
  }
}
