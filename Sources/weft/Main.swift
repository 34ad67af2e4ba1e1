import Commands

/// The command without the model.
///
/// It begins at once, for libtorch is no part of it: where a command line needs the model, `weft-model`
/// beside it takes over.
@main
enum Main {
  static func main() async { await Weft.begin() }
}
