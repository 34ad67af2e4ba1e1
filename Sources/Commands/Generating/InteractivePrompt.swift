import Storage

/// A conversation with a model on a terminal: each line is a prompt, or an order that begins with `/`.
struct InteractivePrompt {
  let model: any LoadedModel
  /// The images, the length and the decoding that the command line gives; orders change them.
  var request: GenerationRequest
  /// Where answers and hints go.
  let write: (String) -> Void

  static let help = """
    Type a text and the model goes on with it. `<image>` in it marks where an image stands; without \
    any, images come first. Images stay until they are cleared.

      /image PATH       add an image          /clear            forget the images
      /beam N           search with a beam    /temperature T    draw tokens at a temperature
      /tokens N         the most to write     /quit             end (Ctrl-D)

    """

  /// Does what a line says.
  ///
  /// - Returns: Whether there is more to come.
  mutating func answer(_ line: String) -> Bool {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first else { return true }
    guard first.hasPrefix("/") else {
      generate(line)
      return true
    }
    if first == "/quit" { return false }
    obey(first, words.dropFirst().first ?? "")
    return true
  }

  private func generate(_ text: String) {
    var request = request
    request.prompt = text
    do {
      _ = try model.generate(request) { write($0) }
      write("\n")
    } catch { write("\(error)\n") }
  }

  private mutating func obey(_ order: String, _ argument: String) {
    switch order {
    case "/help": write(Self.help)
    case "/image":
      if FileSystem.isFile(argument) {
        request.images.append(argument)
        write("\(request.images.count) image(s)\n")
      } else {
        write("there is no file '\(argument)'\n")
      }
    case "/clear": request.images = []
    case "/beam":
      if let width = number(argument) {
        (request.decoding.beam, request.decoding.temperature) = (width, nil)
      }
    case "/tokens": if let count = number(argument) { request.maximumTokens = count }
    case "/temperature":
      if let temperature = Double(argument), temperature > 0, temperature.isFinite {
        request.decoding.temperature = temperature
      } else {
        write("/temperature takes a number above 0, not '\(argument)'\n")
      }
    default: write("unknown order '\(order)'; /help lists them\n")
    }
  }

  private func number(_ text: String) -> Int? {
    if let value = Int(text), value > 0 { return value }
    write("expected a whole number above 0, found '\(text)'\n")
    return nil
  }
}
