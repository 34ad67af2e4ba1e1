import ArgumentParser
import Foundation
import Storage

/// `weft generate`: text from a trained model, after a prompt with images.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Let a trained model go on with a prompt of text and images.",
    discussion: """
      The checkpoint may be one (runs/demo/checkpoints/step-000300), a directory of them, of which the \
      last is taken, or a KOSMOS-2 checkpoint as Hugging Face lays it out (config.json, \
      model.safetensors, sentencepiece.bpe.model). `<image>` in the prompt marks where the images \
      stand, in order; without any they come first. So a few examples are given:

        weft generate --checkpoint DIR --image a.jpg --image b.jpg --image c.jpg \\
          "<image>a red circle<image>a blue star<image>"

      With --option the model writes nothing: it tells how likely each answer is.
      """)

  @Option(help: "The checkpoint.", completion: .directory)
  var checkpoint: String

  @Option(help: "An image file: JPEG, PNG, WebP, GIF or AVIF. May be given several times.")
  var image: [String] = []

  @Argument(help: "The text of the prompt.")
  var prompt: String?

  @Flag(name: [.long, .short], help: "Read prompts from standard input, one a line.")
  var interactive = false

  @Option(help: "An answer to score by its likelihood. May be given several times.")
  var option: [String] = []

  @Option(help: "A file of texts, one a line, of which the model is to write one.")
  var among: String?

  @Option(help: "The most tokens to generate.")
  var maximumTokens = 64

  @Option(help: "The width of the beam; 1 takes the likeliest token each time.")
  var beam = 5

  @Option(help: "Draw tokens at this temperature instead of searching.")
  var temperature: Double?

  @Option(help: "Draw from this many of the likeliest tokens only.")
  var topK: Int?

  @Option(help: "Draw from the likeliest tokens of this total probability only.")
  var topP: Double?

  @Option(help: "The seed of the draw.")
  var seed: UInt64 = 0

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if maximumTokens < 1 { throw ValidationError("--maximum-tokens takes at least 1") }
    if beam < 1 { throw ValidationError("--beam takes at least 1") }
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw ValidationError("--temperature takes a number above 0")
    }
    if let topP, !(0...1).contains(topP) || topP == 0 {
      throw ValidationError("--top-p takes a number above 0, at most 1")
    }
    if let topK, topK < 1 { throw ValidationError("--top-k takes at least 1") }
    if temperature == nil && (topK != nil || topP != nil) {
      throw ValidationError("--top-k and --top-p need --temperature, which draws tokens")
    }
    if interactive && (prompt != nil || !option.isEmpty || json) {
      throw ValidationError("--interactive reads prompts: it goes without one, --option and --json")
    }
    if !option.isEmpty && among != nil {
      throw ValidationError("--option scores texts and --among writes one: give one of the two")
    }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let model = try Model.required().load(checkpoint: latestCheckpoint())
      let request = try request()
      if interactive { return converse(with: model, request) }
      if option.isEmpty {
        let text = try model.generate(request) { _ in }
        if json { try JSONOutput.write(text) } else { print(text.text) }
      } else {
        let scored = try model.score(option, after: request)
        if json {
          try JSONOutput.write(scored.map(EncodableOption.init))
        } else {
          print(OptionTable(options: scored).text)
        }
      }
    }
  }

  private func converse(with model: any LoadedModel, _ request: GenerationRequest) {
    let isTerminal = isatty(STDIN_FILENO) == 1
    var conversation = InteractivePrompt(model: model, request: request) { text in
      FileHandle.standardOutput.write(Data(text.utf8))
    }
    func ask() { if isTerminal { Terminal.writeError("> ") } }
    if isTerminal { Terminal.writeError(InteractivePrompt.help) }
    ask()
    while let line = readLine() {
      guard conversation.answer(line) else { return }
      ask()
    }
  }

  /// A directory that holds checkpoints stands for the last of them.
  private func latestCheckpoint() throws -> String {
    guard Directory.isDirectory(checkpoint) else { return checkpoint }
    let last = try Directory.names(in: checkpoint).last { $0.hasPrefix("step-") }
    return last.map { "\(checkpoint)/\($0)" } ?? checkpoint
  }

  private func request() throws -> GenerationRequest {
    let texts = try among.map { try FileSystem.readText($0).split(whereSeparator: \.isNewline) }
    if let texts, let among, texts.isEmpty {
      throw EmptyFile(path: among)
    }
    return GenerationRequest(
      prompt: prompt ?? "", images: image, maximumTokens: maximumTokens,
      decoding: GenerationRequest.Decoding(
        beam: beam, temperature: temperature, topK: topK, topP: topP, seed: seed),
      among: (texts ?? []).map(String.init))
  }
}

/// A file of texts to choose from that has none.
private struct EmptyFile: Error, CustomStringConvertible {
  let path: String
  var description: String { "'\(path)' has no text to choose from; write one a line" }
}

/// An answer of a list that is printed as JSON.
private struct EncodableOption: Encodable {
  let option: any ScoredOption
  func encode(to encoder: any Encoder) throws { try option.encode(to: encoder) }
}
