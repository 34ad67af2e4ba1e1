import ArgumentParser
import Storage

/// `weft generate`: text from a trained model, after a prompt with images.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Let a trained model go on with a prompt of text and images.",
    discussion: """
      The checkpoint may be one (runs/demo/checkpoints/step-000300) or a directory of them, of \
      which the last is taken. `<image>` in the prompt marks where the images stand, in order; \
      without any they come first.
      """)

  @Option(help: "The checkpoint.", completion: .directory)
  var checkpoint: String

  @Option(help: "An image file: JPEG, PNG, WebP, GIF or AVIF. May be given several times.")
  var image: [String] = []

  @Argument(help: "The text of the prompt.")
  var prompt = ""

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
    if let temperature, temperature <= 0 {
      throw ValidationError("--temperature takes a number above 0")
    }
    if let topP, !(0...1).contains(topP) || topP == 0 {
      throw ValidationError("--top-p takes a number above 0, at most 1")
    }
    if let topK, topK < 1 { throw ValidationError("--top-k takes at least 1") }
    if temperature == nil && (topK != nil || topP != nil) {
      throw ValidationError("--top-k and --top-p need --temperature, which draws tokens")
    }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let text = try Model.required().generate(request())
      if json { try JSONOutput.write(text) } else { print(text.text) }
    }
  }

  /// A directory that holds checkpoints stands for the last of them.
  private func latestCheckpoint() throws -> String {
    guard Directory.isDirectory(checkpoint) else { return checkpoint }
    let last = try Directory.names(in: checkpoint).last { $0.hasPrefix("step-") }
    return last.map { "\(checkpoint)/\($0)" } ?? checkpoint
  }

  private func request() throws -> GenerationRequest {
    GenerationRequest(
      checkpoint: try latestCheckpoint(), prompt: prompt, images: image,
      maximumTokens: maximumTokens, beam: beam, temperature: temperature, topK: topK, topP: topP,
      seed: seed)
  }
}
