import Documents
import Generation
import Hashing
import Instructions
import Sharding
import Testing
import Tokenization

struct InstructionPromptTests {
  /// What a tuned model is asked begins with the very tokens that it learned to answer.
  @Test(arguments: ["", "a black cat\nand a white one"])
  func aPromptIsTheContextOfItsExample(input: String) throws {
    let lines = ["what is it", "a black cat and a white one", "Answer: two cats"]
    let tokenizer = try Tokenizer(
      modelBytes: TokenizerTrainer(pieces: 36).train(
        lines: (0..<30).map { lines[$0 % 3] + " \($0)" }))
    let example = InstructionExample(instruction: "what is it", input: input, output: "two cats")
    let template = try PromptTemplate(PromptTemplate.plain)
    let document = TokenizedDocument(
      example, id: DocumentID(file: Digest(of: [1]), line: 0..<1), template: template,
      tokenizer: tokenizer)
    var packer = Packer(
      corpus: .instructions, vocabulary: tokenizer.vocabulary, maximumLength: 200, latents: 4)
    let sequence = try #require(packer.add(document).first)
    let prompt = try Prompt(
      template.prompt(of: example), images: [], tokenizer: tokenizer, latents: 4)
    #expect(Array(sequence.tokens[..<(document.contextLength + 1)]) == prompt.tokens)
    #expect(sequence.lossMask.firstIndex(of: 1) == prompt.tokens.count)
  }
}
