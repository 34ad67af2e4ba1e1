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
  /// The number of documents.
  public let count: Int

  private let file: SafetensorsFile
  private let identities: TensorView
  private let digests: TensorView
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
        try file.tensor(named: "imageDigests", .uint8, shape: [nil, Digest.byteCount])
      )
    }
    identities = ids
    digests = images
    let documents = ids.shape[0]
    count = documents
    hasContexts = file["contextLengths"] != nil
    if hasContexts {
      _ = try file.checked { (file) throws(SafetensorsError) in
        try file.tensor(named: "contextLengths", .int32, shape: [documents])
      }
    }
    unitStarts = try RaggedOffsets(file, "unitStarts", rows: units, elements: tokens)
    documentUnits = try RaggedOffsets(file, "documentUnits", rows: documents, elements: units)
    documentImages = try RaggedOffsets(
      file, "documentImages", rows: documents, elements: images.shape[0])
  }

  /// The path the part was opened by.
  public var path: String { file.path }

  /// The documents' identities, in the order in which they stand; read anew each time.
  public var documentIDs: [DocumentID] { Self.identities(identities.rawBytes()) }

  /// The identity of a document.
  ///
  /// - Precondition: The index is below ``count``.
  public func documentID(at index: Int) -> DocumentID {
    let start = index * DocumentID.byteCount
    let bytes = identities.rawBytes(in: start..<start + DocumentID.byteCount)
    guard let id = DocumentID(bytes: bytes) else {
      preconditionFailure("an identity has 16 bytes")
    }
    return id
  }

  /// The digests of a document's images.
  ///
  /// - Precondition: The index is below ``count``.
  public func imageDigests(at index: Int) -> [Digest] {
    let images = documentImages[index]
    return Digest.split(
      digests.rawBytes(
        in: images.lowerBound * Digest.byteCount..<images.upperBound * Digest.byteCount))
  }

  /// Reads a document.
  ///
  /// - Precondition: The index is below ``count``.
  /// - Throws: ``ShardingError`` where a unit names an image that the document does not have.
  public func document(at index: Int) throws(ShardingError) -> TokenizedDocument {
    precondition((0..<count).contains(index), "a document of the part")
    let units = documentUnits[index]
    let digests = imageDigests(at: index)
    let (tokens, images) = try file.checked { (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "tokens"),
        try file.tensor(named: "unitImages").values(as: Int32.self, in: units)
      )
    }
    var result: [TokenizedDocument.Unit] = []
    for (line, image) in zip(unitStarts[units], images) {
      if image < 0 {
        result.append(
          .line(
            try file.checked { (_) throws(SafetensorsError) in
              try tokens.values(as: Int32.self, in: line)
            }))
      } else if Int(image) < digests.count {
        result.append(.image(Int(image)))
      } else {
        throw ShardingError(
          .damaged, path: path,
          "document \(documentID(at: index)) names image \(image) of \(digests.count);"
            + " make the part again")
      }
    }
    return TokenizedDocument(
      id: documentID(at: index), units: result, images: digests,
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
