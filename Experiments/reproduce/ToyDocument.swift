import Kosmos
import Tensors

/// A document of the toy world: tokens, which of them are targets, and pictures.
struct ToyDocument {
  /// The latents of a picture.
  static let latents = 4

  private(set) var tokens = [ToyVocabulary.begin]
  private(set) var lossMask: [UInt8] = [0]
  private(set) var pictures: [(slot: Int, planes: [Float])] = []

  /// Adds words that are targets, or words that are only read.
  mutating func say(_ text: String, isTarget: Bool = true) {
    let ids = ToyVocabulary.ids(text)
    tokens += ids
    lossMask += ids.map { _ in isTarget ? 1 : 0 }
  }

  /// Adds a picture between its tokens, which are no targets (KOSMOS-1's captions are laid out so).
  mutating func show(_ picture: [Float]) {
    pictures.append((tokens.count + 1, picture))
    tokens +=
      Array(repeating: ToyVocabulary.image, count: Self.latents + 1) + [ToyVocabulary.imageEnd]
    lossMask += Array(repeating: 0, count: Self.latents + 2)
  }

  /// The document without its last token.
  var withoutEnd: ToyDocument {
    var shorter = self
    shorter.tokens.removeLast()
    shorter.lossMask.removeLast()
    return shorter
  }

  /// Ends the document.
  mutating func end() {
    tokens.append(ToyVocabulary.end)
    lossMask.append(1)
  }
}

/// Documents as a model reads them, padded on the right.
struct ToyBatch {
  let input: KosmosInput
  let targets: Tensor
  let lossMask: Tensor

  init(_ documents: [ToyDocument]) {
    let length = (documents.map(\.tokens.count).max() ?? 2) - 1
    var (tokens, targets): ([Int64], [Int64]) = ([], [])
    var mask: [UInt8] = []
    var slots: [Int] = []
    var planes: [Float] = []
    for (row, document) in documents.enumerated() {
      let padding = length + 1 - document.tokens.count
      let fill = Array(repeating: ToyVocabulary.pad, count: padding)
      tokens += document.tokens.dropLast() + fill
      targets += document.tokens.dropFirst() + fill
      mask += document.lossMask.dropFirst() + Array(repeating: 0, count: padding)
      for picture in document.pictures {
        slots.append(row * length + picture.slot)
        planes += picture.planes
      }
    }
    let shape: Shape = [documents.count, length]
    let side = ToyThing.side
    input = KosmosInput(
      tokens: Tensor(tokens, shape: shape),
      images: slots.isEmpty
        ? nil
        : KosmosImages(.pixels(Tensor(planes, shape: [slots.count, 3, side, side])), slots: slots))
    self.targets = Tensor(targets, shape: shape)
    lossMask = Tensor(mask, shape: shape)
  }
}
