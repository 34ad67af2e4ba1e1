import Documents
import Glibc
import Sharding
import TestSupport
import Testing
import Tokenization

/// Documents, digests and files that several suites use.
enum Samples {
  static let vocabulary = Vocabulary(pieces: 40)

  static func id(_ number: Int) -> DocumentID {
    let bytes = (0..<DocumentID.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    guard let id = DocumentID(bytes: bytes) else { preconditionFailure("an id has 16 bytes") }
    return id
  }

  static func digest(_ number: Int) -> Digest {
    let bytes = (0..<Digest.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 8))) }
    guard let digest = Digest(bytes: bytes) else { preconditionFailure("a digest has 32 bytes") }
    return digest
  }

  /// A document of random lines and images, one in ten of them without either.
  static func document(
    _ number: Int, maximumLine: Int, images: Bool, using generator: inout SeededGenerator
  ) -> TokenizedDocument {
    var units: [TokenizedDocument.Unit] = []
    var digests: [Digest] = []
    for _ in 0..<Int.random(in: 0..<9, using: &generator) {
      if images && Int.random(in: 0..<3, using: &generator) == 0 {
        units.append(.image(digests.count))
        digests.append(digest(Int.random(in: 0..<6, using: &generator)))
      } else {
        let count = Int.random(in: 1...maximumLine, using: &generator)
        let ids = (0..<count).map { _ in Int32.random(in: 4..<41, using: &generator) }
        units.append(.line(ids))
      }
    }
    return TokenizedDocument(id: id(number), units: units, images: digests)
  }

  static func description(
    _ corpus: Corpus = .interleaved, maximumLength: Int = 24, latents: Int = 3
  ) -> ShardDescription {
    ShardDescription(
      corpus: corpus, split: .train, tokenizer: digest(1000), encoder: digest(1001),
      preprocessing: "clip-32-v1", maximumLength: maximumLength,
      vocabularySize: vocabulary.size, latents: latents, featureTokens: 5, featureWidth: 4)
  }

  /// The features of an image: finite numbers that tell its digest.
  static func features(_ digest: Digest) -> [UInt8] {
    (0..<40).map { $0 % 2 == 0 ? digest.bytes[0] : 0x3C }
  }

  /// Writes without syncing: thousands of files would wait for the disk.
  static func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen(path, "wb"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
