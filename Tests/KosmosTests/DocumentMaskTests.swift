import Kosmos
import Tensors
import TestSupport
import Testing

/// Under the document mask a packed sequence gives each document what it has alone.
struct DocumentMaskTests {
  /// The lengths of the documents of two packed sequences.
  private static let lengths = [[7, 1, 12, 13], [1, 30, 2]]
  /// Encodings of which only differences of positions reach the scores.
  private static let relative: [PositionEncoding] = [.xPos(scaleBase: 16), .rotary, .none]

  private func decoder(
    _ positions: PositionEncoding, maximumLength: Int = 40, attentionDropout: Double = 0
  ) throws -> MagnetoDecoder {
    let configuration = DecoderConfiguration(
      vocabularySize: 50, width: 32, layers: 2, heads: 4, maximumLength: maximumLength,
      positions: positions, attentionDropout: attentionDropout)
    return try MagnetoDecoder(ParameterStore(RandomParameters(seed: 3)).root, configuration)
  }

  private func tokens(_ count: Int, seed: UInt64 = 4) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let ids: [Int64] = (0..<2 * count).map { _ in .random(in: 2..<50, using: &generator) }
    return Tensor(ids, shape: [2, count])
  }

  /// The number of each token's document.
  private func documents(_ lengths: [[Int]]) -> Tensor {
    let rows = lengths.map { row in
      row.enumerated().flatMap { Array(repeating: Int64($0.offset), count: $0.element) }
    }
    return Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }

  private func ranges(_ lengths: [Int]) -> [Range<Int>] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }

  private func logits(_ decoder: MagnetoDecoder, _ tokens: Tensor, _ documents: Tensor?) -> Tensor {
    decoder.logits(decoder(decoder.embed(tokens), documents: documents))
  }

  @Test(arguments: relative)
  func aDocumentHasTheLogitsItHasAlone(positions: PositionEncoding) throws {
    let decoder = try decoder(positions)
    let tokens = tokens(33)
    withoutGradients {
      let packed = logits(decoder, tokens, documents(Self.lengths))
      let across = logits(decoder, tokens, nil)
      for (row, lengths) in Self.lengths.enumerated() {
        for (number, range) in ranges(lengths).enumerated() {
          let alone = logits(decoder, tokens.slice(row..<row + 1, of: 0).slice(range, of: 1), nil)
          func part(_ whole: Tensor) -> Tensor {
            whole.slice(row..<row + 1, of: 0).slice(range, of: 1)
          }
          #expect(largestDifference(part(packed), alone) < 1e-5)
          // Without the mask the documents before it are seen.
          #expect((largestDifference(part(across), alone) < 1e-5) == (number == 0))
        }
      }
    }
  }

  @Test func positionsRunOnWhereTheyAreAdded() throws {
    let decoder = try decoder(.sinusoidal)
    let tokens = tokens(33)
    withoutGradients {
      let packed = logits(decoder, tokens, documents(Self.lengths))
      let alone = logits(decoder, tokens.slice(8..<20, of: 1), nil)
      #expect(largestDifference(packed.slice(8..<20, of: 1), alone) > 1e-3)
    }
  }

  @Test func oneDocumentIsCausal() throws {
    let decoder = try decoder(.xPos(scaleBase: 16))
    let tokens = tokens(33)
    withoutGradients {
      let one = logits(decoder, tokens, documents([[33], [33]]))
      #expect(largestDifference(one, logits(decoder, tokens, nil)) < 1e-5)
    }
  }

  /// Documents within a block have all of themselves in sight beyond the training length, too.
  @Test func documentsAndBlocksBothBoundWhatIsSeen() throws {
    let decoder = try decoder(.rotary, maximumLength: 16)
    let tokens = tokens(64)
    let lengths = Array(repeating: 8, count: 7) + [5, 3]
    withoutGradients {
      let packed = logits(decoder, tokens, documents([lengths, lengths]))
      for range in ranges(lengths) {
        let alone = logits(decoder, tokens.slice(range, of: 1), nil)
        #expect(largestDifference(packed.slice(range, of: 1), alone) < 1e-5)
      }
    }
  }

  /// Attention that has dropout goes without fused kernels.
  @Test func dropoutOfAttentionKeepsDocumentsApart() throws {
    let decoder = try decoder(.xPos(scaleBase: 16), attentionDropout: 0.2)
    func output(_ tokens: Tensor) -> Tensor {
      decoder(
        decoder.embed(tokens), documents: documents([[20, 13], [20, 13]]),
        training: Generator(seed: 5))
    }
    withoutGradients {
      let (one, other) = (tokens(33, seed: 1), tokens(33, seed: 2))
      let mixed = Tensor.concatenated(
        [other.slice(0..<20, of: 1), one.slice(20..<33, of: 1)], along: 1)
      let (first, second) = (output(one), output(mixed))
      #expect(largestDifference(first.slice(20..<33, of: 1), second.slice(20..<33, of: 1)) < 1e-6)
      #expect(largestDifference(first.slice(0..<20, of: 1), second.slice(0..<20, of: 1)) > 1e-3)
    }
  }

  /// Padding is a document of its own: it is seen by nothing, and nothing is not a number.
  @Test func paddingIsADocumentOfItsOwn() throws {
    let decoder = try decoder(.xPos(scaleBase: 16))
    let tokens = tokens(12)
    let numbers: [Int64] = [0, 0, 0, 0, 1, 1, 1, 1, -1, -1, -1, -1]
    withoutGradients {
      let padded = logits(decoder, tokens, Tensor(numbers + numbers, shape: [2, 12]))
      let bare = logits(decoder, tokens.slice(0..<8, of: 1), documents([[4, 4], [4, 4]]))
      #expect(largestDifference(padded.slice(0..<8, of: 1), bare) < 1e-5)
      #expect(padded.values(of: Float.self).allSatisfy { $0.isFinite })
    }
  }

  /// A whole model, whose documents hold images.
  @Test func imagesBelongToTheirDocument() throws {
    var configuration = KosmosConfiguration.tiny
    configuration.decoder.maximumLength = 32
    let model = try KosmosModel(configuration, seed: 1)
    let latents = configuration.connector.latents
    let prefix = Generator(seed: 3).normal(
      [2, configuration.vision.tokenCount, configuration.vision.width])
    let length = latents + 4
    let tokens = Tensor((0..<2 * length).map { Int64($0 % 20 + 2) }, shape: [1, 2 * length])
    withoutGradients {
      let packed = model.logits(
        KosmosInput(
          tokens: tokens, images: KosmosImages(.prefix(prefix), slots: [2, length + 1]),
          documents: documents([[length, length]])))
      for (number, slot) in [2, 1].enumerated() {
        let range = number * length..<(number + 1) * length
        let alone = model.logits(
          KosmosInput(
            tokens: tokens.slice(range, of: 1),
            images: KosmosImages(
              .prefix(prefix.slice(number..<number + 1, of: 0)), slots: [slot])))
        #expect(largestDifference(packed.slice(range, of: 1), alone) < 1e-5)
      }
    }
  }
}
