public import Documents
internal import Safetensors

/// The tokenized documents of one partition of a corpus: a safetensors file, memory-mapped.
///
/// | tensor | dtype, shape | meaning |
/// |---|---|---|
/// | `unitStarts` | I64 [units+1] | bounds of each unit in `tokens`; an image has no tokens |
/// | `documentUnits` | I64 [documents+1] | bounds of each document's units |
/// | `documentImages` | I64 [documents+1] | bounds of each document's images |
/// | `tokens` | I32 [total] | the lines' ids end to end |
/// | `unitImages` | I32 [units] | the image's index in its document; -1 for a line |
/// | `documents` | U8 [documents, 16] | identities |
/// | `imageDigests` | U8 [images, 32] | SHA-256 of the images' bytes |
/// | `contextLengths` | I32 [documents] | tokens that are no targets; only where a document has any |
public final class TokenizedPart: Sendable {
  /// The name of the format.
  public static let format = "weft-tokens"
  /// The version of the format.
  public static let version = 1

  /// The corpus.
  public let corpus: Corpus
  /// The digest of the tokenizer's model.
  public let tokenizer: Digest
  /// The documents' identities, in the order in which they stand.
  public let documentIDs: [DocumentID]

  private let file: SafetensorsFile
  private let unitStarts: RaggedOffsets
  private let documentUnits: RaggedOffsets
  private let documentImages: RaggedOffsets
  private let hasContexts: Bool

  /// Opens a part and checks it.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no such file or contradicts itself.
  public init(path: String) throws(ShardingError) {
    file = try SafetensorsFile.open(path)
    let header = try FormatHeader(
      file, format: Self.format, versions: Self.version...Self.version)
    corpus = try header.value("corpus")
    tokenizer = try header.digest("tokenizer")
    let (ids, units, tokens, images) = try file.checked { (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "documents", .uint8, shape: [nil, DocumentID.byteCount]),
        try file.tensor(named: "unitImages", .int32, shape: [nil]).elementCount,
        try file.tensor(named: "tokens", .int32, shape: [nil]).elementCount,
        try file.tensor(named: "imageDigests", .uint8, shape: [nil, Digest.byteCount]).shape[0]
      )
    }
    documentIDs = Self.identities(ids.rawBytes())
    let documents = documentIDs.count
    hasContexts = file["contextLengths"] != nil
    if hasContexts {
      _ = try file.checked { (file) throws(SafetensorsError) in
        try file.tensor(named: "contextLengths", .int32, shape: [documents])
      }
    }
    unitStarts = try RaggedOffsets(file, "unitStarts", rows: units, elements: tokens)
    documentUnits = try RaggedOffsets(
      file, "documentUnits", rows: documentIDs.count, elements: units)
    documentImages = try RaggedOffsets(
      file, "documentImages", rows: documentIDs.count, elements: images)
  }

  /// The path the part was opened by.
  public var path: String { file.path }
  /// The number of documents.
  public var count: Int { documentIDs.count }

  /// Reads a document.
  ///
  /// - Precondition: The index is below ``count``.
  /// - Throws: ``ShardingError`` where a unit names an image that the document does not have.
  public func document(at index: Int) throws(ShardingError) -> TokenizedDocument {
    precondition(documentIDs.indices.contains(index), "a document of the part")
    let units = documentUnits[index]
    let digests = documentImages[index]
    let (tokens, images, bytes) = try file.checked { (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "tokens"),
        try file.tensor(named: "unitImages").values(
          as: Int32.self, in: units),
        try file.tensor(named: "imageDigests").rawBytes(
          in: digests.lowerBound * Digest.byteCount..<digests.upperBound * Digest.byteCount)
      )
    }
    var result: [TokenizedDocument.Unit] = []
    for (unit, image) in zip(units, images) {
      if image < 0 {
        result.append(
          .line(
            try file.checked { (_) throws(SafetensorsError) in
              try tokens.values(as: Int32.self, in: unitStarts[unit])
            }))
      } else if Int(image) < digests.count {
        result.append(.image(Int(image)))
      } else {
        throw ShardingError(
          .damaged, path: path,
          "document \(documentIDs[index]) names image \(image) of \(digests.count);"
            + " make the part again")
      }
    }
    return TokenizedDocument(
      id: documentIDs[index], units: result, images: Digest.split(bytes),
      contextLength: try contextLength(at: index))
  }

  private func contextLength(at index: Int) throws(ShardingError) -> Int {
    if !hasContexts { return 0 }
    let lengths = try file.checked { (file) throws(SafetensorsError) in
      try file.tensor(named: "contextLengths").values(as: Int32.self, in: index..<index + 1)
    }
    return max(0, Int(lengths[0]))
  }

  private static func identities(_ bytes: [UInt8]) -> [DocumentID] {
    stride(from: 0, to: bytes.count, by: DocumentID.byteCount).compactMap {
      DocumentID(bytes: bytes[$0..<$0 + DocumentID.byteCount])
    }
  }
}
