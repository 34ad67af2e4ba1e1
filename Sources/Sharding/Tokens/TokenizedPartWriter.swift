public import Documents
internal import Safetensors
public import Storage

/// Gathers the tokenized documents of one partition and writes them as a ``TokenizedPart``.
public struct TokenizedPartWriter: Sendable {
  private let corpus: Corpus
  private let tokenizer: Digest
  private var unitStarts: [Int64] = [0]
  private var documentUnits: [Int64] = [0]
  private var documentImages: [Int64] = [0]
  private var tokens: [Int32] = []
  private var unitImages: [Int32] = []
  private var identities: [UInt8] = []
  private var digests: [UInt8] = []
  private var contextLengths: [Int32] = []

  /// Begins a part of a corpus, tokenized by a model of a digest.
  public init(corpus: Corpus, tokenizer: Digest) {
    self.corpus = corpus
    self.tokenizer = tokenizer
  }

  /// Adds a document.
  ///
  /// - Precondition: Its context has fewer than 2^31 tokens.
  public mutating func add(_ document: TokenizedDocument) {
    for unit in document.units {
      switch unit {
      case .line(let ids):
        tokens += ids
        unitImages.append(-1)
      case .image(let index): unitImages.append(Int32(index))
      }
      unitStarts.append(Int64(tokens.count))
    }
    identities += document.id.bytes
    contextLengths.append(Int32(document.contextLength))
    for image in document.images { digests += image.bytes }
    documentUnits.append(Int64(unitImages.count))
    documentImages.append(Int64(digests.count / Digest.byteCount))
  }

  /// Writes the part, whole or not at all.
  ///
  /// - Throws: `StorageError` where the file cannot be written.
  public func write(to path: String) throws(StorageError) {
    let documents = documentUnits.count - 1
    let hasContexts = contextLengths.contains { $0 > 0 }
    let writer = try SafetensorsWriter(
      path: path,
      tensors: [
        TensorDescription("unitStarts", .int64, [unitStarts.count]),
        TensorDescription("documentUnits", .int64, [documents + 1]),
        TensorDescription("documentImages", .int64, [documents + 1]),
        TensorDescription("tokens", .int32, [tokens.count]),
        TensorDescription("unitImages", .int32, [unitImages.count]),
        TensorDescription("documents", .uint8, [documents, DocumentID.byteCount]),
        TensorDescription(
          "imageDigests", .uint8, [digests.count / Digest.byteCount, Digest.byteCount]),
      ] + (hasContexts ? [TensorDescription("contextLengths", .int32, [documents])] : []),
      metadata: [
        FormatHeader.formatKey: TokenizedPart.format,
        FormatHeader.versionKey: String(TokenizedPart.version),
        "corpus": corpus.rawValue, "tokenizer": tokenizer.description,
      ])
    try writer.write(unitStarts, to: "unitStarts")
    try writer.write(documentUnits, to: "documentUnits")
    try writer.write(documentImages, to: "documentImages")
    try writer.write(tokens, to: "tokens")
    try writer.write(unitImages, to: "unitImages")
    try writer.write(identities, to: "documents")
    try writer.write(digests, to: "imageDigests")
    if hasContexts { try writer.write(contextLengths, to: "contextLengths") }
    try writer.commit()
  }
}
