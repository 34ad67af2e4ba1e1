import Commands

/// The command with the model in it, which `weft` hands over to.
@main
enum Main {
  static func main() async {
    ThreadWaiting.makePassive()
    await Weft.begin(with: Model())
  }
}
