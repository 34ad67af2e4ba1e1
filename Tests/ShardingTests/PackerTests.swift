import Documents
import Sharding
import TestSupport
import Testing
import Tokenization

/// Packed streams written by hand after the definition in ``Packer`` and ``TokenizedDocument``.
///
/// The vocabulary has 10 pieces: `<image>` is 13, `</image>` 14, `</line>` 16, `</s>` 2.
struct GoldenPackingTests {
  private let vocabulary = Vocabulary(pieces: 10)

  private func pack(
    _ documents: [TokenizedDocument], _ corpus: Corpus = .text, maximumLength: Int = 8
  ) -> [PackedSequence] {
    var packer = Packer(
      corpus: corpus, vocabulary: vocabulary, maximumLength: maximumLength, latents: 2)
    let sequences = documents.flatMap { packer.add($0) }
    return sequences + [packer.finish()].compactMap { $0 }
  }

  private func text(_ number: Int, _ lines: [Int32]...) -> TokenizedDocument {
    TokenizedDocument(id: Samples.id(number), units: lines.map { .line($0) })
  }

  @Test func linesAreNeverSplit() {
    let sequences = pack([text(1, [5, 6], [7]), text(2, [8, 9, 10]), text(3, [4])])
    #expect(sequences.map(\.tokens) == [[0, 5, 6, 16, 7, 2], [0, 8, 9, 10, 2, 4, 2]])
    #expect(sequences.map(\.lossMask) == [[0, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 1]])
    #expect(
      sequences[1].segments == [
        Segment(start: 1, document: Samples.id(2), offset: 0),
        Segment(start: 5, document: Samples.id(3), offset: 0),
      ])
  }

  @Test(arguments: [
    (0, [0, 1, 1, 1, 1, 1]), (1, [0, 0, 1, 1, 1, 1]), (3, [0, 0, 0, 0, 1, 1]),
    (4, [0, 0, 0, 0, 0, 1]), (9, [0, 0, 0, 0, 0, 0]),
  ])
  func contextIsNoTarget(length: Int, mask: [UInt8]) {
    var document = text(1, [5, 6], [7])
    document.contextLength = length
    #expect(pack([document], .instructions).map(\.lossMask) == [mask])
  }

  @Test func aDocumentGoesOnInTheNextSequence() {
    let sequences = pack([text(1, [5, 6, 7], [8, 9, 10], [4])])
    #expect(sequences.map(\.tokens) == [[0, 5, 6, 7, 16], [0, 8, 9, 10, 16, 4, 2]])
    #expect(sequences[1].segments == [Segment(start: 1, document: Samples.id(1), offset: 4)])
  }

  @Test func aSequenceIsFilledToTheLastPlace() {
    let full: [Int32] = [5, 6, 7, 8, 9, 10]
    #expect(pack([text(1, full)]).map(\.tokens) == [[0] + full + [2]])
  }

  @Test(arguments: [7, 8, 100])
  func aLineTooLongLosesItsTailButNotItsEnding(count: Int) {
    let line = (0..<count).map { Int32(4 + $0 % 7) }
    var packer = Packer(corpus: .text, vocabulary: vocabulary, maximumLength: 8, latents: 2)
    let finished = packer.add(text(1, line, [4]))
    #expect(finished.map(\.tokens) == [[0] + line.prefix(6) + [16]])
    #expect(packer.finish()?.tokens == [0, 4, 2])
    #expect(packer.tokens.dropped == ["lineTooLong": count - 6])
    #expect(packer.tokens.entered == count + 3)
    #expect(packer.tokens.isBalanced)
  }

  @Test func anEmptyDocumentIsItsEnd() {
    #expect(pack([text(1), text(2, [5])]).map(\.tokens) == [[0, 2, 5, 2]])
    #expect(pack([]) == [])
  }

  /// The paper's example: an image, "This is WALL-E.", an image, "This is EVE.".
  @Test func imagesStandAmongLines() {
    let document = TokenizedDocument(
      id: Samples.id(1), units: [.image(0), .line([5, 6]), .image(1), .line([7])],
      images: [Samples.digest(1), Samples.digest(2)])
    let sequences = pack([document], .interleaved, maximumLength: 14)
    #expect(sequences.map(\.tokens) == [[0, 13, 13, 13, 14, 5, 6, 16, 13, 13, 13, 14, 7, 2]])
    #expect(sequences[0].lossMask == [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1])
    #expect(
      sequences[0].images == [
        .init(position: 2, digest: Samples.digest(1)),
        .init(position: 9, digest: Samples.digest(2)),
      ])
  }

  @Test func anImageIsNeverSplitNorPartedFromTheEndAfterIt() {
    let document = TokenizedDocument(
      id: Samples.id(1), units: [.line([5, 6]), .image(0)], images: [Samples.digest(1)])
    // Line and image have 7 tokens, `</s>` would be the ninth of its sequence.
    let sequences = pack([document], .interleaved, maximumLength: 8)
    #expect(sequences.map(\.tokens) == [[0, 5, 6, 16], [0, 13, 13, 13, 14, 2]])
    #expect(sequences[1].lossMask == [0, 0, 0, 0, 0, 1])
    #expect(sequences[1].images == [.init(position: 2, digest: Samples.digest(1))])
    #expect(sequences[1].segments == [Segment(start: 1, document: Samples.id(1), offset: 3)])
  }

  /// A pair has as many targets as its caption and `</s>` have tokens.
  @Test func pairsStandAlone() {
    let pairs = [1, 2].map {
      TokenizedDocument(
        id: Samples.id($0), units: [.image(0), .line([5, 6])], images: [Samples.digest($0)])
    }
    let sequences = pack(pairs, .pairs, maximumLength: 100)
    #expect(sequences.map(\.tokens) == Array(repeating: [0, 13, 13, 13, 14, 5, 6, 2], count: 2))
    #expect(
      sequences.map(\.lossMask) == Array(repeating: [0, 0, 0, 0, 0, 1, 1, 1], count: 2))
    #expect(sequences[1].images == [.init(position: 2, digest: Samples.digest(2))])
    #expect(sequences[1].segments == [Segment(start: 1, document: Samples.id(2), offset: 0)])
  }

  @Test func aCaptionTooLongIsCutToWhatFits() {
    let pair = TokenizedDocument(
      id: Samples.id(1), units: [.image(0), .line([5, 6, 7, 8, 9])], images: [Samples.digest(1)])
    #expect(
      pack([pair], .pairs, maximumLength: 8).map(\.tokens) == [[0, 13, 13, 13, 14, 5, 6, 2]])
  }
}

/// What holds for any documents.
struct PackingPropertyTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyTokenOnceAndNoSequenceTooLong(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let corpus: Corpus = seed % 2 == 0 ? .interleaved : .text
    let latents = Int.random(in: 1..<8, using: &generator)
    let maximum = latents + Int.random(in: 5..<60, using: &generator)
    let documents = (0..<80).map {
      Samples.document(
        $0, maximumLine: maximum + 10, images: corpus == .interleaved, using: &generator)
    }
    var packer = Packer(
      corpus: corpus, vocabulary: Samples.vocabulary, maximumLength: maximum, latents: latents)
    var sequences = documents.flatMap { packer.add($0) }
    if let rest = packer.finish() { sequences.append(rest) }

    let expected = documents.flatMap {
      Reference.stream($0, latents: latents, maximumLength: maximum)
    }
    #expect(sequences.flatMap { $0.tokens.dropFirst() } == expected.map(\.token))
    #expect(sequences.flatMap { $0.lossMask.dropFirst() } == expected.map(\.mask))
    #expect(sequences.allSatisfy { $0.tokens.count <= maximum && $0.tokens.count > 1 })
    #expect(sequences.allSatisfy { $0.tokens[0] == 0 && $0.lossMask[0] == 0 })
    #expect(sequences.flatMap(\.tokens).count { $0 == Vocabulary.end } == documents.count)
    #expect(packer.tokens.isBalanced && packer.tokens.kept == expected.count)
    checkSegments(sequences, expected)
    checkImages(sequences, documents, latents)
    checkGreed(sequences, maximum, latents)
  }

  /// Every token but `<s>` is in a segment that names its document and its place there.
  private func checkSegments(_ sequences: [PackedSequence], _ expected: [Reference.Token]) {
    var next = 0
    for sequence in sequences {
      #expect(sequence.segments.first?.start == 1)
      for (index, segment) in sequence.segments.enumerated() {
        let isLast = index == sequence.segments.count - 1
        let end = isLast ? sequence.tokens.count : sequence.segments[index + 1].start
        for position in segment.start..<end {
          let token = expected[next]
          #expect(token.document == segment.document)
          // A line that was cut keeps its ending, which stood further on.
          if !token.isMovedEnding {
            #expect(token.offset == segment.offset + position - segment.start)
          }
          next += 1
        }
      }
    }
    #expect(next == expected.count)
  }

  private func checkImages(
    _ sequences: [PackedSequence], _ documents: [TokenizedDocument], _ latents: Int
  ) {
    let vocabulary = Samples.vocabulary
    for sequence in sequences {
      for image in sequence.images {
        let whole = sequence.tokens[image.position - 1...image.position + latents]
        #expect(
          Array(whole)
            == Array(repeating: vocabulary.image, count: latents + 1) + [vocabulary.imageEnd])
      }
    }
    let order = documents.flatMap { document in
      document.units.compactMap {
        if case .image(let index) = $0 { document.images[index] } else { nil }
      }
    }
    #expect(sequences.flatMap { $0.images.map(\.digest) } == order)
  }

  /// A sequence ends only where the next line or image did not fit.
  private func checkGreed(_ sequences: [PackedSequence], _ maximum: Int, _ latents: Int) {
    let vocabulary = Samples.vocabulary
    for (sequence, next) in zip(sequences, sequences.dropFirst()) {
      let first: Int
      if next.images.first?.position == 2 {
        let end = latents + 3
        first =
          end < next.tokens.count && next.tokens[end] == Vocabulary.end ? latents + 3 : latents + 2
      } else {
        let ending = next.tokens.dropFirst().firstIndex {
          $0 == Vocabulary.end || $0 == vocabulary.lineEnd
        }
        first = ending ?? 0
      }
      #expect(sequence.tokens.count + first > maximum)
    }
  }
}

/// The token stream of a document, made token by token in the most direct way.
private enum Reference {
  struct Token {
    var token: Int32
    var mask: UInt8
    var document: DocumentID
    var offset: Int
    var isMovedEnding = false
  }

  static func stream(
    _ document: TokenizedDocument, latents: Int, maximumLength: Int
  ) -> [Token] {
    let vocabulary = Samples.vocabulary
    var stream: [Token] = []
    var offset = 0
    func put(_ token: Int32, _ mask: UInt8) {
      stream.append(Token(token: token, mask: mask, document: document.id, offset: offset))
      offset += 1
    }
    for (index, unit) in document.units.enumerated() {
      let isLast = index + 1 == document.units.count
      switch unit {
      case .image:
        for _ in 0...latents { put(vocabulary.image, 0) }
        put(vocabulary.imageEnd, 0)
        if isLast { put(2, 1) }
      case .line(let ids):
        // With `<s>` and its ending a whole line has two tokens more than ids.
        let kept = min(ids.count, maximumLength - 2)
        for id in ids[..<kept] { put(id, 1) }
        offset += ids.count - kept
        put(isLast ? 2 : vocabulary.lineEnd, 1)
        stream[stream.count - 1].isMovedEnding = kept < ids.count
      }
    }
    if document.units.isEmpty { put(2, 1) }
    return stream
  }
}
