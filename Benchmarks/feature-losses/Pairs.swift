import Documents
import FeatureTraining
import Foundation
import ImageDecoding
import Kosmos
import Sharding
import Storage
import Tokenization

/// The image-caption pairs of a run, out of its WebDataset archives.
struct Pairs {
  let run: String
  let tokenizer: Tokenizer
  let vision: VisionConfiguration

  /// Pairs as examples for training, in the archives' order.
  func examples(_ limit: Int, maximumLength: Int) throws -> [FeatureTraining.Example] {
    let folder = run + "/corpus/\(Corpus.pairs.rawValue)"
    var packer = Packer(
      corpus: .pairs, vocabulary: tokenizer.vocabulary, maximumLength: maximumLength, latents: 64)
    var examples: [FeatureTraining.Example] = []
    for name in try Directory.names(in: folder) {
      var reader = try SampleReader(path: "\(folder)/\(name)")
      while let sample = try reader.next(), examples.count < limit {
        guard let entry = sample["json"],
          let pair = try? JSONDecoder().decode(Pair.self, from: Data(reader.bytes(of: entry))),
          let file = sample.entries.first(where: { $0.suffix.hasPrefix("0.") }),
          let document = DocumentID(pair.document)
        else { continue }
        guard case .kept(let image) = ImageDecoder.decode(reader.bytes(of: file)) else { continue }
        let tokenized = TokenizedDocument(
          pairOf: document, image: Digest.zero, caption: pair.caption, tokenizer: tokenizer)
        for sequence in packer.add(tokenized) {
          guard let slot = sequence.images.first?.position else { continue }
          examples.append(
            FeatureTraining.Example(
              planes: CLIPPreprocessing(size: vision.imageSize).planes(of: image),
              tokens: sequence.tokens, lossMask: sequence.lossMask, slot: slot))
        }
      }
    }
    return examples
  }
}

/// What is read of a pair's JSON.
private struct Pair: Decodable {
  var document: String
  var caption: String
}

extension Digest {
  /// A stand-in: which image it is does not matter here.
  fileprivate static var zero: Digest {
    guard let digest = Digest(bytes: [UInt8](repeating: 0, count: byteCount)) else {
      preconditionFailure("a digest has 32 bytes")
    }
    return digest
  }
}
