public import Documents
internal import Hashing
internal import Instructions
internal import Provenance
internal import Sharding
internal import Tokenization

/// Reads files of instructions and turns their examples into token ids.
///
/// It is one partition: an example is dropped where any file before has the same.
public struct InstructionsStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .instructions }

  /// Plans the one partition, or none where the pipeline names no instructions.
  public func plan(_ run: RunContext) throws -> [Partition] {
    guard let base = run.base, !run.instructions.isEmpty else { return [] }
    let configuration = run.configuration.instructions
    let key = try PartitionKey().reading(base.shards.tokenizer)
      .reading(run.instructions.map(\.digest)).with("paths", run.instructions.map(\.path))
      .with("template", configuration.template)
      .with("maximumLineBytes", configuration.maximumLineBytes)
      .with("maximumLength", base.shards.maximumLength)
    let work = run.instructions.reduce(0) { $0 + $1.byteCount }
    return [
      Partition(index: 0, key: key, work: work, reads: [RunDirectory.tokenizer]) { writer in
        var reading = try InstructionReading(
          configuration, base: base, tokenizer: run.directory.path(RunDirectory.tokenizer),
          writer: writer)
        for input in run.instructions { try reading.read(input) }
        return try reading.finish()
      }
    ]
  }
}

/// The examples of all files on their way into parts.
private struct InstructionReading {
  /// The examples of one part.
  private static let examplesPerPart = 1 << 16

  private let maximumLineBytes: Int
  private let maximumLength: Int
  private let template: PromptTemplate
  private let tokenizer: Tokenizer
  private let tokenizerDigest: Digest
  private let writer: PartitionWriter
  private var part: TokenizedPartWriter
  private var examplesInPart = 0
  private var parts = 0
  private var seen: Set<Digest> = []
  private var counts = StageCounts()

  init(
    _ configuration: InstructionConfiguration, base: BaseRun, tokenizer path: String,
    writer: PartitionWriter
  ) throws {
    maximumLineBytes = configuration.maximumLineBytes
    maximumLength = base.shards.maximumLength
    template = try PromptTemplate(configuration.template)
    tokenizer = try Tokenizer(modelPath: path)
    tokenizerDigest = base.shards.tokenizer
    self.writer = writer
    part = TokenizedPartWriter(corpus: .instructions, tokenizer: tokenizerDigest)
  }

  /// Reads a file to its end.
  mutating func read(_ input: RunInput) throws {
    try writer.record(
      .input(
        .init(
          input: input.input, path: input.path, bytes: input.byteCount, digest: input.digest)))
    var lines = try LineReader(path: input.path, maximumLineBytes: maximumLineBytes)
    var number = 0
    while let item = lines.next() {
      try writer.checkInterruption()
      number += 1
      switch item {
      case .line(let bytes, let range):
        let id = DocumentID(file: input.digest, line: range)
        switch decide(bytes, id: id) {
        case .kept(let (example, document)): try keep(example, document, of: input, at: range)
        case .dropped(let reason): try drop(id, reason, of: input, number, at: range)
        }
      case .oversized(let range):
        let reason = Reason(
          .oversizedLine, measured: Double(range.upperBound - range.lowerBound),
          threshold: Double(maximumLineBytes))
        try drop(DocumentID(file: input.digest, line: range), reason, of: input, number, at: range)
      case .damaged(let message, let range):
        writer.warn("\(input.path): \(message); what comes after line \(number - 1) is not read")
        let reason = Reason(.damagedFile, detail: message)
        try drop(DocumentID(file: input.digest, line: range), reason, of: input, number, at: range)
      }
    }
    writer.advance(by: input.byteCount)
  }

  /// Writes the last part and gives what was counted.
  mutating func finish() throws -> StageCounts {
    if examplesInPart > 0 || parts == 0 { try endPart() }
    return counts
  }

  private mutating func decide(
    _ line: [UInt8], id: DocumentID
  ) -> Decision<(InstructionExample, TokenizedDocument)> {
    let example: InstructionExample
    switch InstructionExample.read(line) {
    case .kept(let read): example = read
    case .dropped(let reason): return .dropped(reason)
    }
    guard seen.insert(example.digest).inserted else { return .dropped(Reason(.duplicateExample)) }
    let document = TokenizedDocument(
      example, id: id, template: template, tokenizer: tokenizer)
    // `</s>` alone is no answer: the text is of characters that the tokenizer drops.
    if document.lineTokenCount <= document.contextLength + 1 {
      return .dropped(Reason(.emptyOutput))
    }
    let length = document.lineTokenCount + 1
    if length > maximumLength {
      return .dropped(
        Reason(.exampleTooLong, measured: Double(length), threshold: Double(maximumLength)))
    }
    return .kept((example, document))
  }

  private mutating func keep(
    _ example: InstructionExample, _ document: TokenizedDocument, of input: RunInput,
    at range: Range<Int64>
  ) throws {
    try writer.record(
      .instruction(
        .init(
          id: document.id, input: input.input, offset: range.lowerBound,
          length: range.upperBound - range.lowerBound, characters: example.characterCount)))
    part.add(document)
    counts[.instruction].keep()
    examplesInPart += 1
    if examplesInPart == Self.examplesPerPart { try endPart() }
  }

  private mutating func drop(
    _ id: DocumentID, _ reason: Reason, of input: RunInput, _ line: Int, at range: Range<Int64>
  ) throws {
    try writer.record(
      .decision(
        .init(
          unit: .instruction, subject: .record(id), place: line,
          path: "\(input.path), bytes \(range.lowerBound) – \(range.upperBound)", reason: reason)))
    counts[.instruction].drop(reason.code)
  }

  private mutating func endPart() throws {
    try part.write(to: writer.output(RunDirectory.tokens(.instructions, parts)))
    parts += 1
    examplesInPart = 0
    part = TokenizedPartWriter(corpus: .instructions, tokenizer: tokenizerDigest)
  }
}

extension InstructionExample {
  /// A digest of the three texts.
  fileprivate var digest: Digest {
    var hash = SHA256()
    for text in [instruction, input, output] {
      hash.update(Array(text.utf8))
      hash.update(CollectionOfOne(0xFF))
    }
    return hash.finish()
  }
}
