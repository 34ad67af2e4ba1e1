import Testing
import Training

struct MixtureTests {
  @Test func thePaperRatioGivesThePaperBatches() {
    let mixture = Mixture(
      tokens: 1_258_291, weights: Mixture.paperWeights,
      meanLengths: .init(interleaved: 2048, pairs: 85.3333, text: 2048))
    #expect(mixture.sequences == PerCorpus(interleaved: 102, pairs: 6144, text: 256))
  }

  @Test func aCorpusOfWeightZeroIsLeftOut() {
    let mixture = Mixture(
      tokens: 1000, weights: .init(interleaved: 0, pairs: 1, text: 1),
      meanLengths: .init(interleaved: 0, pairs: 50, text: 100_000))
    #expect(mixture.sequences == PerCorpus(interleaved: 0, pairs: 10, text: 1))
  }
}
