import Kosmos
import Tensors

/// A whole KOSMOS-1 model of the toy world's size: a frozen random block of CLIP, its trained last block, the connector
/// with four latents and a MAGNETO decoder with xPos.
final class ToyModel {
  let model: KosmosModel

  init(seed: UInt64) throws {
    let configuration = KosmosConfiguration(
      vision: VisionConfiguration(
        imageSize: ToyThing.side, patchSize: 4, width: 96, layers: 2, heads: 3),
      connector: ConnectorConfiguration(latents: ToyDocument.latents),
      decoder: DecoderConfiguration(
        vocabularySize: ToyVocabulary.words.count, width: 96, layers: 4, heads: 3,
        maximumLength: 64, positions: .xPos(forLength: 64)))
    model = try KosmosModel(configuration, seed: seed)
  }

  /// How many documents of each kind a step reads.
  struct Mixture {
    var texts = 0
    var captions = 0
    var interleaved = 0
    var instructions = 0
  }

  /// Trains on documents drawn anew for each step; the loss is the mean over all targets of the mixture.
  func train(_ mixture: Mixture, _ optimisation: Optimisation, seed: UInt64) {
    var corpora = ToyCorpora(seed: seed)
    _ = optimisation.run(model.parameters.trainable.map(\.tensor)) { _ in
      var documents = (0..<mixture.texts).map { _ in corpora.text() }
      documents += (0..<mixture.captions).map { _ in corpora.caption() }
      documents += (0..<mixture.interleaved).map { _ in corpora.interleaved() }
      documents += (0..<mixture.instructions).map { _ in corpora.instruction() }
      let batch = ToyBatch(documents)
      let loss = model.loss(batch.input, targets: batch.targets, mask: batch.lossMask)
      return loss.sum / Double(loss.count)
    }
  }

  /// The share of documents whose last word is the likeliest one of the whole vocabulary.
  func accuracy(
    _ count: Int, of document: () -> (document: ToyDocument, answer: String)
  ) -> Double {
    var right = 0
    for _ in 0..<count {
      let (document, answer) = document()
      let batch = ToyBatch([document])
      let logits = withoutGradients { model.lastLogits(batch.input) }
      if logits.indexOfLargest(over: 1).item == Double(ToyVocabulary.id(answer)) { right += 1 }
    }
    return Double(right) / Double(count)
  }

  /// The share of a caption's words that are the likeliest ones.
  func captionAccuracy(_ count: Int, seed: UInt64) -> Double {
    var corpora = ToyCorpora(seed: seed)
    let batch = ToyBatch((0..<count).map { _ in corpora.caption() })
    let likeliest = withoutGradients { model.logits(batch.input) }.indexOfLargest(over: 2)
    let counted = batch.lossMask.notEqual(to: 0)
    let right = likeliest.equal(to: batch.targets).and(counted).converted(to: .float32).sum().item
    return right / counted.converted(to: .float32).sum().item
  }
}
