import Generation
import ImageDecoding
import Kosmos
import Storage
import Tensors
import TestSupport
import Testing
import Tokenization

struct TextGeneratorTests {
  private let generator: TextGenerator
  private let directory = TemporaryDirectory()
  private var vocabulary: Vocabulary { generator.tokenizer.vocabulary }
  private var latents: Int { generator.model.configuration.connector.latents }

  init() throws {
    setThreads(1)
    let lines = ["a red circle", "a green square and a blue star", "three grey lines"]
    let bytes = try TokenizerTrainer(pieces: 26).train(lines: lines)
    let tokenizer = try Tokenizer(modelBytes: bytes)
    var configuration = KosmosConfiguration.tiny
    configuration.decoder.vocabularySize = tokenizer.vocabulary.size
    // The context ends with the training length.
    configuration.decoder.positions = .sinusoidal
    generator = try TextGenerator(
      model: KosmosModel(configuration, seed: 3), tokenizer: tokenizer,
      preprocessing: CLIPPreprocessing(size: configuration.vision.imageSize))
  }

  private func image(_ seed: UInt64 = 1) -> DecodedImage {
    var numbers = SeededGenerator(seed: seed)
    return DecodedImage(
      width: 40, height: 30, pixels: (0..<3600).map { _ in .random(in: 0...255, using: &numbers) })
  }

  private func prompt(_ text: String, images count: Int) throws -> Prompt {
    try Prompt(
      text, images: (0..<count).map { image(UInt64($0)) }, tokenizer: generator.tokenizer,
      latents: latents)
  }

  private func encoded(_ text: String) -> [Int32] { generator.tokenizer.encode(text) }

  private var imageTokens: [Int32] {
    Array(repeating: vocabulary.image, count: latents + 1) + [vocabulary.imageEnd]
  }

  @Test func imagesStandWhereTheTextMarksThem() throws {
    let prompt = try prompt("<image>a red circle<image> a blue star", images: 2)
    #expect(
      prompt.tokens == [Vocabulary.begin] + imageTokens + encoded("a red circle")
        + [vocabulary.lineEnd] + imageTokens + encoded("a blue star"))
    for position in prompt.imagePositions {
      #expect(
        prompt.tokens[position - 1..<position + latents].allSatisfy { $0 == vocabulary.image })
      #expect(prompt.tokens[position + latents] == vocabulary.imageEnd)
    }
  }

  @Test func withoutMarksImagesComeFirst() throws {
    #expect(
      try prompt("a red", images: 2).tokens == prompt("<image><image>a red", images: 2).tokens)
  }

  @Test func linesArePartedAsInTraining() throws {
    #expect(
      try prompt("a red\n\n a blue \n", images: 0).tokens
        == [Vocabulary.begin] + encoded("a red") + [vocabulary.lineEnd] + encoded("a blue"))
  }

  @Test func anEmptyPromptIsTheBeginningOfAText() throws {
    #expect(try prompt("", images: 0).tokens == [Vocabulary.begin])
    #expect(try prompt("", images: 1).tokens == [Vocabulary.begin] + imageTokens)
  }

  @Test(arguments: [("<image>", 0), ("<image>", 2), ("<image> a <image>", 1), ("a <image> b", 0)])
  func placesAndImagesMustBeEquallyMany(text: String, images: Int) throws {
    let error = #expect(throws: GenerationError.self) { try prompt(text, images: images) }
    #expect(error?.code == .malformedPrompt)
    #expect(error?.description.contains("\(images) images") == true)
  }

  @Test func aPromptThatIsLongerThanTheContextIsRefused() throws {
    let long = Array(repeating: "a red circle", count: 30).joined(separator: " ")
    let error = #expect(throws: GenerationError.self) { try generator.prompt(long) }
    #expect(error?.code == .promptTooLong)
    #expect(error?.description.contains("\(generator.context)") == true)
    let whole = try prompt(long, images: 0)
    #expect(throws: GenerationError.self) { try generator.generate(whole) }
    #expect(throws: GenerationError.self) {
      try generator.score([long], after: prompt("a", images: 0))
    }
  }

  @Test(
    arguments: [(.xPos(scaleBase: 32), true), (.rotary, true), (.none, false)]
      as [(PositionEncoding, Bool)])
  func turnedPositionsGoOnBeyondTheTrainingLength(positions: PositionEncoding, goesOn: Bool) throws
  {
    var configuration = generator.model.configuration
    configuration.decoder.positions = positions
    let other = try TextGenerator(
      model: KosmosModel(configuration, seed: 3), tokenizer: generator.tokenizer,
      preprocessing: CLIPPreprocessing(size: configuration.vision.imageSize))
    let long = Array(repeating: "a red circle", count: 30).joined(separator: " ")
    #expect(encoded(long).count > 2 * configuration.decoder.maximumLength)
    if goesOn {
      let text = try other.generate(other.prompt(long), .greedy, maximumTokens: 3)
      #expect(text.logProbability.isFinite && !text.tokens.isEmpty)
    } else {
      #expect(throws: GenerationError.self) { try other.prompt(long) }
    }
  }

  @Test func anImageThatCannotBeDecodedIsRefusedByItsPath() throws {
    let path = directory.file("broken.png")
    for bytes in [[], Array("no image".utf8), [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] {
      try AtomicFile.write(bytes, to: path)
      let error = #expect(throws: GenerationError.self) {
        try generator.prompt("a", images: [path])
      }
      #expect(error?.code == .brokenImage)
      #expect(error?.description.contains("broken.png") == true)
    }
    #expect(throws: StorageError.self) { try generator.prompt("a", images: [path + "-missing"]) }
  }

  @Test(
    arguments: [
      .greedy, .beam(BeamSearch(width: 3)), .sample(Sampling(temperature: 5, seed: 1)),
      .sample(Sampling(temperature: 5, topK: 20, topP: 0.99, seed: 2)),
    ] as [DecodingStrategy])
  func specialTokensAreNeverWritten(strategy: DecodingStrategy) throws {
    let prompt = try prompt("<image>a red", images: 1)
    var told = ""
    let text = try generator.generate(prompt, strategy, maximumTokens: 100) { told += $0 }
    #expect(
      text.tokens.allSatisfy {
        vocabulary.textIDs.contains($0) || $0 == vocabulary.lineEnd
      })
    #expect(prompt.tokens.count + text.tokens.count <= generator.context + 1)
    #expect(text.isComplete || prompt.tokens.count + text.tokens.count == generator.context + 1)
    #expect(told == text.text)
    #expect(text == (try generator.generate(prompt, strategy, maximumTokens: 100)))
  }

  @Test(
    arguments: [.greedy, .beam(BeamSearch(width: 2)), .sample(Sampling(seed: 4))]
      as [DecodingStrategy])
  func onlyWhatMayBeWrittenIs(strategy: DecodingStrategy) throws {
    let names = ["red circle", "red star", "blue star", "red"]
    let text = try generator.generate(prompt("a", images: 0), strategy, among: names)
    #expect(names.contains(text.text))
    #expect(text.isComplete)
  }

  @Test func theImageMatters() throws {
    let scores = try ([1, 2] as [UInt64]).map { seed in
      let prompt = try Prompt(
        "a", images: [image(seed)], tokenizer: generator.tokenizer, latents: latents)
      return try generator.score(["red circle"], after: prompt)[0].logProbability
    }
    #expect(scores[0] != scores[1])
  }

  @Test func answersAreScoredInTheirOrder() throws {
    let prompt = try prompt("a", images: 0)
    let options = ["red", "green square", "red"]
    let scores = try generator.score(options, after: prompt)
    #expect(scores.map(\.option) == options)
    #expect(scores.map(\.tokenCount) == options.map { encoded($0).count })
    #expect(scores[0] == scores[2])
    #expect(scores.allSatisfy { $0.logProbability < 0 })
    #expect(throws: GenerationError.self) { try generator.score([""], after: prompt) }
  }

  @Test func aModelOfAnotherVocabularyIsRefused() throws {
    var configuration = generator.model.configuration
    configuration.decoder.vocabularySize -= 1
    let model = try KosmosModel(configuration, seed: 1)
    let error = #expect(throws: GenerationError.self) {
      try TextGenerator(
        model: model, tokenizer: generator.tokenizer, preprocessing: CLIPPreprocessing(size: 28))
    }
    #expect(error?.code == .mismatchedCheckpoint)
  }
}
