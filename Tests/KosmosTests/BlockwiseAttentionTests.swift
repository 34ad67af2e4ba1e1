import Kosmos
import Tensors
import TestSupport
import Testing

/// Beyond the training length a query sees its own block and the one before, up to itself (P9).
struct BlockwiseAttentionTests {
  /// A decoder of one layer, whose output at a position depends on the tokens that it looks at alone.
  private func decoder(maximumLength: Int, layers: Int = 1) throws -> MagnetoDecoder {
    try MagnetoDecoder(
      ParameterStore(RandomParameters(seed: 3)).root,
      DecoderConfiguration(
        vocabularySize: 50, width: 32, layers: layers, heads: 4, maximumLength: maximumLength,
        positions: .xPos(scaleBase: 32)))
  }

  private func output(_ decoder: MagnetoDecoder, _ tokens: [Int64]) -> Tensor {
    withoutGradients {
      decoder(decoder.embed(Tensor(tokens, shape: [1, tokens.count]))).element(0)
    }
  }

  /// Every pair of a query and a key, against the formula of Sun and others 2022, §3.3.
  @Test(arguments: [(16, 40), (10, 33), (9, 31)])
  func eachPairIsSeenAsTheFormulaSays(maximumLength: Int, length: Int) throws {
    let decoder = try decoder(maximumLength: maximumLength)
    let block = (maximumLength + 1) / 2
    let tokens = (0..<length).map { Int64(2 + $0 * 7 % 40) }
    let plain = output(decoder, tokens)
    for key in 0..<length {
      var other = tokens
      other[key] = 49
      let changed = (output(decoder, other) - plain).absolute().largest(over: 1)
        .values(of: Float.self)
      for query in 0..<length {
        let isSeen = key <= query && query / block - key / block <= 1
        #expect((changed[query] > 0) == isSeen, "query \(query), key \(key)")
      }
    }
  }

  /// Deeper than one layer, attention over two blocks gives what the whole sequence under the mask gives,
  /// also where the cache kept two blocks alone.
  @Test func aCacheOfTwoBlocksGivesTheLogitsOfTheMask() throws {
    let decoder = try decoder(maximumLength: 16, layers: 3)
    let tokens = Tensor((0..<64).map { Int64(2 + $0 * 7 % 40) }, shape: [1, 64])
    withoutGradients {
      let whole = decoder.logits(decoder(decoder.embed(tokens)))
      let cache = DecoderCache()
      let pieces = (0..<64).map { position in
        decoder.logits(
          decoder(decoder.embed(tokens.slice(position..<position + 1, of: 1)), cache: cache))
      }
      let found = largestDifference(.concatenated(pieces, along: 1), whole)
      #expect(ParityReport.note("P9", "cache of two blocks", found, tolerance: 1e-5) < 1e-5)
    }
  }

  @Test func withinTheTrainingLengthItIsCausal() throws {
    let tokens = (0..<16).map { Int64(2 + $0 * 7 % 40) }
    let short = try decoder(maximumLength: 16)
    // With padding nowhere, the decoder takes an explicit mask instead of the causal kernel.
    let explicit = withoutGradients {
      short(
        short.embed(Tensor(tokens, shape: [1, 16])), padding: .zeros([1, 16], type: .bool)
      ).element(0)
    }
    let found = largestDifference(output(short, tokens), explicit)
    #expect(ParityReport.note("P9", "causal within the length", found, tolerance: 1e-6) < 1e-6)
  }
}
