import Documents
import Hashing
import Instructions
import Sharding
import Testing
import Tokenization

@Suite struct PromptTests {
  private static let example = InstructionExample(
    instruction: "Name {input} of it.", input: "a </s> {instruction}",
    output: "blue <image>\nand grey")

  private static let tokenizer: Tokenizer? = {
    let lines = [
      "Name the colour of it", "Answer: blue and grey image s instruction input < > { } /",
    ]
    let texts = (0..<40).map { lines[$0 % 2] + " \($0)" }
    // The first size that so small a text supports.
    let models = (30...100).lazy.compactMap {
      try? TokenizerTrainer(pieces: $0).train(lines: texts)
    }
    return models.first.flatMap { try? Tokenizer(modelBytes: $0) }
  }()

  @Test(arguments: [
    (PromptTemplate.plain, "Name {input} of it.\na </s> {instruction}\nAnswer:"),
    ("{input} / {instruction} =", "a </s> {instruction} / Name {input} of it. ="),
    ("Q\n{instruction}{input}A", "Q\nName {input} of it.a </s> {instruction}A"),
  ])
  func whatAnExampleSaysIsNoPartOfTheTemplate(template: String, prompt: String) throws {
    #expect(try PromptTemplate(template).prompt(of: Self.example) == prompt)
  }

  @Test(arguments: [
    (PromptTemplate.plain, "Do it.\nAnswer:"),
    ("Do\n{instruction}\nof {input}\nnow:", "Do\nDo it.\nnow:"),
    ("{instruction}\n{input}:\n=", "Do it.\n="), ("{input}: {instruction}", ": Do it."),
  ])
  func theLineOfTheInputIsLeftOutWhereThereIsNone(template: String, prompt: String) throws {
    for input in ["", " \n"] {
      let example = InstructionExample(instruction: "Do it.", input: input, output: "x")
      #expect(try PromptTemplate(template).prompt(of: example) == prompt)
    }
  }

  @Test(arguments: [
    ("", "{instruction} 0 times"), ("{instruction}", "{input} 0 times"),
    ("{input} {instruction} {input}", "{input} 2 times"),
    ("{instruction}\n{input}\n", "last line is empty"),
  ])
  func aTextThatIsNoTemplateIsRefused(text: String, words: String) {
    #expect { try PromptTemplate(text) } throws: {
      "\(($0 as? PromptTemplate.Fault)?.message ?? "")".contains(words)
    }
  }

  /// The definition, token by token: `<s>`, the prompt's lines with `</line>` between them, then the answer.
  @Test func theLossIsOnTheAnswerAndItsEndAlone() throws {
    let tokenizer = try #require(Self.tokenizer)
    let vocabulary = tokenizer.vocabulary
    let template = try PromptTemplate(PromptTemplate.plain)
    let id = DocumentID(file: Digest(of: [1]), line: 0..<10)
    let document = TokenizedDocument(Self.example, id: id, template: template, tokenizer: tokenizer)
    var packer = Packer(
      corpus: .instructions, vocabulary: vocabulary, maximumLength: 400, latents: 4)
    let sequence = try #require(packer.add(document).first)

    let end = [vocabulary.lineEnd]
    let prompt =
      [Vocabulary.begin] + tokenizer.encode("Name {input} of it.") + end
      + tokenizer.encode("a </s> {instruction}") + end + tokenizer.encode("Answer:")
    let answer =
      tokenizer.encode("blue <image>") + end + tokenizer.encode("and grey") + [Vocabulary.end]
    #expect(sequence.tokens == prompt + answer)
    #expect(
      sequence.lossMask == prompt.map { _ in UInt8(0) } + answer.map { _ in UInt8(1) })
    #expect(sequence.segments == [Segment(start: 1, document: id, offset: 0)])
    #expect(sequence.images.isEmpty)
    // What the texts spell is never a special token.
    #expect(sequence.tokens.count { $0 == vocabulary.image } == 0)
    #expect(sequence.tokens.count { $0 == Vocabulary.end } == 1)
    #expect(document.lineTokenCount + 1 == sequence.tokens.count)
    #expect(packer.finish() == nil)
  }

  @Test func eachExampleIsASequenceOfItsOwn() throws {
    let tokenizer = try #require(Self.tokenizer)
    let template = try PromptTemplate(PromptTemplate.plain)
    var packer = Packer(
      corpus: .instructions, vocabulary: tokenizer.vocabulary, maximumLength: 400, latents: 4)
    for number in 1...3 {
      let document = TokenizedDocument(
        Self.example, id: DocumentID(file: Digest(of: [1]), line: 0..<Int64(number)),
        template: template, tokenizer: tokenizer)
      #expect(packer.add(document).count == 1)
    }
  }

  @Test func anIdentityIsOfFileAndBytes() {
    let ids = [
      DocumentID(file: Digest(of: [1]), line: 0..<10),
      DocumentID(file: Digest(of: [1]), line: 0..<11),
      DocumentID(file: Digest(of: [1]), line: 1..<11),
      DocumentID(file: Digest(of: [2]), line: 0..<10),
    ]
    #expect(Set(ids).count == 4)
    // printf 'weft-instruction\0' … | sha256sum, of the file's digest, 0 and 10.
    let bytes =
      Array("weft-instruction\u{0}".utf8) + Digest(of: [1]).bytes + [0, 0, 0, 0, 0, 0, 0, 0]
      + [10, 0, 0, 0, 0, 0, 0, 0]
    #expect(ids[0] == DocumentID(bytes: Digest(of: bytes).bytes.prefix(16)))
  }
}
