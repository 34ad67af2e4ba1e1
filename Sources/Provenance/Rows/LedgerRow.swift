public import Documents

/// One row of a ledger part file: a JSON object a line, whose one key names the kind of the row.
///
/// Stages write rows without knowing of the ledger; ``Ledger/merge(stage:partition:part:digest:)``
/// reads them. Rows of one table keep their order in the part.
public enum LedgerRow: Hashable, Sendable {
  /// An archive that the run reads.
  case input(InputRow)
  /// A record of an archive.
  case record(RecordRow)
  /// A page that was extracted.
  case document(DocumentRow)
  /// An image that was found and decoded.
  case image(ImageRow)
  /// What the corpora hold of an image that is not stored as it was crawled.
  case storedImage(StoredImageRow)
  /// An image as a document shows it.
  case documentImage(DocumentImageRow)
  /// A document of the interleaved or the text corpus.
  case corpusDocument(CorpusDocumentRow)
  /// An image-caption pair of the pairs corpus.
  case pair(PairRow)
  /// An example of instruction tuning.
  case instruction(InstructionRow)
  /// Why something went no further.
  case decision(DecisionRow)
  /// What entered the partition, went on and was dropped; several are added up.
  case counts(StageCounts)
  /// Values that the stage measured itself; several are added up.
  case histogram(HistogramRow)
  /// What the partition has of a domain or language beside what its other rows tell.
  case group(DocumentGroup)
  /// A packed shard.
  case shard(ShardRow)
  /// A run of tokens of a shard that came from one document.
  case segment(SegmentRow)
  /// A file that the run made.
  case artefact(ArtefactRow)
}

extension LedgerRow: Codable {
  private enum Kind: String, CodingKey {
    case input, record, document, image, storedImage, documentImage, corpusDocument, pair
    case instruction, decision, counts, histogram, group, shard, segment, artefact
  }

  /// Reads a row by its one key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    let keys = container.allKeys
    guard let kind = keys.first, keys.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "a row has one key, its kind"))
    }
    switch kind {
    case .input: self = .input(try container.decode(InputRow.self, forKey: kind))
    case .record: self = .record(try container.decode(RecordRow.self, forKey: kind))
    case .document: self = .document(try container.decode(DocumentRow.self, forKey: kind))
    case .image: self = .image(try container.decode(ImageRow.self, forKey: kind))
    case .storedImage:
      self = .storedImage(try container.decode(StoredImageRow.self, forKey: kind))
    case .documentImage:
      self = .documentImage(try container.decode(DocumentImageRow.self, forKey: kind))
    case .corpusDocument:
      self = .corpusDocument(try container.decode(CorpusDocumentRow.self, forKey: kind))
    case .pair: self = .pair(try container.decode(PairRow.self, forKey: kind))
    case .instruction:
      self = .instruction(try container.decode(InstructionRow.self, forKey: kind))
    case .decision: self = .decision(try container.decode(DecisionRow.self, forKey: kind))
    case .counts: self = .counts(try container.decode(StageCounts.self, forKey: kind))
    case .histogram: self = .histogram(try container.decode(HistogramRow.self, forKey: kind))
    case .group: self = .group(try container.decode(DocumentGroup.self, forKey: kind))
    case .shard: self = .shard(try container.decode(ShardRow.self, forKey: kind))
    case .segment: self = .segment(try container.decode(SegmentRow.self, forKey: kind))
    case .artefact: self = .artefact(try container.decode(ArtefactRow.self, forKey: kind))
    }
  }

  /// Writes a row under its kind.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .input(let row): try container.encode(row, forKey: .input)
    case .record(let row): try container.encode(row, forKey: .record)
    case .document(let row): try container.encode(row, forKey: .document)
    case .image(let row): try container.encode(row, forKey: .image)
    case .storedImage(let row): try container.encode(row, forKey: .storedImage)
    case .documentImage(let row): try container.encode(row, forKey: .documentImage)
    case .corpusDocument(let row): try container.encode(row, forKey: .corpusDocument)
    case .pair(let row): try container.encode(row, forKey: .pair)
    case .instruction(let row): try container.encode(row, forKey: .instruction)
    case .decision(let row): try container.encode(row, forKey: .decision)
    case .counts(let row): try container.encode(row, forKey: .counts)
    case .histogram(let row): try container.encode(row, forKey: .histogram)
    case .group(let row): try container.encode(row, forKey: .group)
    case .shard(let row): try container.encode(row, forKey: .shard)
    case .segment(let row): try container.encode(row, forKey: .segment)
    case .artefact(let row): try container.encode(row, forKey: .artefact)
    }
  }
}
