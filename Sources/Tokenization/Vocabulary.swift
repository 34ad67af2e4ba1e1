/// The token ids of KOSMOS-1: fairseq's dictionary around the pieces of a SentencePiece model.
///
/// The model's control pieces are `<unk>` 0, `<s>` 1 and `</s>` 2; fairseq puts `<s>` 0, `<pad>` 1,
/// `</s>` 2 and `<unk>` 3 first, so that every other piece moves up by one. Six special tokens follow:
/// `<mask>`, `</doc>`, `<image>`, `</image>`, `</chunk>` and `</line>`. With 64,000 pieces that makes
/// the 64,007 tokens of the paper's table of hyperparameters.
public struct Vocabulary: Hashable, Sendable {
  /// The number of pieces of the SentencePiece model, its three control pieces included.
  public let pieces: Int

  /// The vocabulary around a model of so many pieces.
  ///
  /// - Precondition: The model has its three control pieces.
  public init(pieces: Int) {
    precondition(pieces >= 3, "a model has at least its three control pieces")
    self.pieces = pieces
  }

  /// The number of tokens.
  public var size: Int { pieces + 7 }

  /// The id of `<s>`, which begins every sequence.
  public static let begin: Int32 = 0
  /// The id of `<pad>`, which fills up a batch.
  public static let pad: Int32 = 1
  /// The id of `</s>`, which ends every document.
  public static let end: Int32 = 2
  /// The id of `<unk>`, which stands for what no piece covers.
  public static let unknown: Int32 = 3

  /// The ids of the pieces that stand for text, `<unk>` excluded.
  public var textIDs: Range<Int32> { 4..<Int32(pieces) + 1 }
  /// The id of `<mask>`, which weft does not use.
  public var mask: Int32 { Int32(pieces) + 1 }
  /// The id of `</doc>`, which weft does not use.
  public var documentEnd: Int32 { Int32(pieces) + 2 }
  /// The id of `<image>`, which begins an image and fills its latent positions.
  public var image: Int32 { Int32(pieces) + 3 }
  /// The id of `</image>`, which ends an image.
  public var imageEnd: Int32 { Int32(pieces) + 4 }
  /// The id of `</chunk>`, which weft does not use.
  public var chunkEnd: Int32 { Int32(pieces) + 5 }
  /// The id of `</line>`, which ends a line that is not its document's last.
  public var lineEnd: Int32 { Int32(pieces) + 6 }

  /// The name of a token that is not text; `nil` for the others.
  public func specialName(of id: Int32) -> String? {
    switch id {
    case Self.begin: "<s>"
    case Self.pad: "<pad>"
    case Self.end: "</s>"
    case Self.unknown: "<unk>"
    case mask: "<mask>"
    case documentEnd: "</doc>"
    case image: "<image>"
    case imageEnd: "</image>"
    case chunkEnd: "</chunk>"
    case lineEnd: "</line>"
    default: nil
    }
  }

  /// The token of one of the model's pieces.
  static func id(ofPiece piece: Int32) -> Int32 {
    switch piece {
    case 0: unknown
    case 1: begin
    case 2: end
    default: piece + 1
    }
  }
}
