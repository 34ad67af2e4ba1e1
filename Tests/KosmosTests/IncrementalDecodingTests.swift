import Kosmos
import Tensors
import TestSupport
import Testing

/// Decoding with a cache gives the logits of the whole sequence (P8), and beyond the training length those
/// of block-wise causal attention (P9).
struct IncrementalDecodingTests {
  private static let encodings: [PositionEncoding] = [
    .xPos(scaleBase: 16), .rotary, .sinusoidal, .none,
  ]

  private func decoder(
    _ positions: PositionEncoding, maximumLength: Int
  ) throws -> MagnetoDecoder {
    let configuration = DecoderConfiguration(
      vocabularySize: 50, width: 32, layers: 2, heads: 4, maximumLength: maximumLength,
      positions: positions)
    return try MagnetoDecoder(
      ParameterStore(RandomParameters(seed: 3)).root, configuration)
  }

  private func tokens(_ count: Int) -> Tensor {
    var generator = SeededGenerator(seed: 4)
    let ids: [Int64] = (0..<2 * count).map { _ in .random(in: 2..<50, using: &generator) }
    return Tensor(ids, shape: [2, count])
  }

  /// The outputs of pieces of a sequence, one after the other.
  private func incremental(
    _ decoder: MagnetoDecoder, _ tokens: Tensor, pieces: [Int]
  ) -> Tensor {
    let cache = DecoderCache()
    var start = 0
    let outputs = pieces.map { count in
      defer { start += count }
      return decoder(decoder.embed(tokens.slice(start..<start + count, of: 1)), cache: cache)
    }
    #expect(cache.length == start)
    return .concatenated(outputs, along: 1)
  }

  @Test(arguments: encodings, [[33], Array(repeating: 1, count: 33), [20, 1, 1, 1, 5, 5]])
  func piecesGiveTheWhole(positions: PositionEncoding, pieces: [Int]) throws {
    let decoder = try decoder(positions, maximumLength: 40)
    let tokens = tokens(33)
    withoutGradients {
      let whole = decoder(decoder.embed(tokens))
      let found = largestDifference(incremental(decoder, tokens, pieces: pieces), whole)
      #expect(ParityReport.note("P8", "pieces", found, tolerance: 1e-5) < 1e-5)
    }
  }

  @Test(arguments: encodings, [[64], Array(repeating: 1, count: 64), [5, 30, 1, 28], [17, 47]])
  func beyondTheTrainingLengthTwoBlocksAreSeen(
    positions: PositionEncoding, pieces: [Int]
  ) throws {
    let decoder = try decoder(positions, maximumLength: 16)
    let tokens = tokens(64)
    withoutGradients {
      let whole = decoder(decoder.embed(tokens))
      #expect(largestDifference(incremental(decoder, tokens, pieces: pieces), whole) < 1e-4)
    }
  }

  @Test func blockwiseAttentionIsCausalWithinTheTrainingLength() throws {
    let tokens = tokens(16)
    try withoutGradients {
      let short = try decoder(.none, maximumLength: 16)
      let long = try decoder(.none, maximumLength: 64)
      let found = short(short.embed(tokens))
      #expect(largestDifference(found, long(long.embed(tokens))) < 1e-6)
    }
  }

  @Test func blockwiseAttentionForgetsWhatLiesTwoBlocksBack() throws {
    // With one layer a token beyond two blocks cannot reach the last output; with none forgotten it does.
    var configuration = DecoderConfiguration(
      vocabularySize: 50, width: 32, layers: 1, heads: 4, maximumLength: 16, positions: .none)
    func last(_ first: Int64) throws -> Tensor {
      let decoder = try MagnetoDecoder(
        ParameterStore(RandomParameters(seed: 3)).root, configuration)
      let tokens = Tensor([first] + (0..<39).map { Int64(2 + $0) }, shape: [1, 40])
      return decoder(decoder.embed(tokens)).element(-1, of: 1)
    }
    #expect(largestDifference(try last(5), try last(6)) == 0)
    configuration.maximumLength = 40
    #expect(largestDifference(try last(5), try last(6)) > 1e-4)
  }

  @Test func beamsGoOnFromTheirOwnPast() throws {
    let decoder = try decoder(.xPos(scaleBase: 32), maximumLength: 40)
    let tokens = tokens(12)
    withoutGradients {
      let cache = DecoderCache()
      _ = decoder(decoder.embed(tokens.slice(0..<8, of: 1)), cache: cache)
      let copy = cache.copy()
      cache.reorder(Tensor([Int64(1), 1, 0]))
      let rows = Tensor([Int64(1), 1, 0])
      let next = tokens.slice(8..<12, of: 1).gathering(rows)
      let whole = decoder(decoder.embed(tokens.gathering(rows))).slice(8..<12, of: 1)
      #expect(largestDifference(decoder(decoder.embed(next), cache: cache), whole) < 1e-5)
      // The copy was not touched.
      #expect(copy.length == 8)
      let untouched = decoder(decoder.embed(tokens.slice(8..<12, of: 1)), cache: copy)
      let expected = decoder(decoder.embed(tokens)).slice(8..<12, of: 1)
      #expect(largestDifference(untouched, expected) < 1e-5)
    }
  }
}
