internal import CSentencePiece
internal import Storage

/// Turns text into KOSMOS-1's token ids and back, by a SentencePiece model.
///
/// The ids are those of the SentencePiece library, laid out as ``Vocabulary`` says; an encoder of weft's
/// own, several times as fast, finds them. Text never becomes a special token: `<image>` or `</s>` in a
/// page is encoded as the letters it is made of.
public struct Tokenizer: Sendable {
  /// The largest model that is loaded, in bytes.
  public static let modelLimit = 64 << 20

  /// The token ids.
  public let vocabulary: Vocabulary
  private let model: SentencePieceModel
  private let encoder: UnigramEncoder

  /// One token of a text and the bytes of the text that it stands for.
  public struct Piece: Hashable, Sendable {
    /// The token.
    public var id: Int32
    /// The bytes in the text's UTF-8; empty for a piece that stands for no byte of its own.
    public var bytes: Range<Int>

    /// Makes a piece from its parts.
    public init(id: Int32, bytes: Range<Int>) {
      self.id = id
      self.bytes = bytes
    }
  }

  /// Loads a SentencePiece model.
  ///
  /// - Throws: ``TokenizerError`` where the file cannot be read, is no sound model, or is not a unigram
  ///   model of the control pieces `<unk>` 0, `<s>` 1, `</s>` 2 without byte fallback.
  public init(modelPath: String) throws(TokenizerError) {
    let bytes: [UInt8]
    do throws(StorageError) {
      bytes = try FileSystem.read(modelPath, limit: Self.modelLimit)
    } catch {
      throw TokenizerError(.unreadable, "cannot load the tokenizer: \(error)")
    }
    try self.init(modelBytes: bytes, name: "'\(modelPath)'")
  }

  /// Loads a SentencePiece model from its bytes, under a name for errors.
  ///
  /// - Throws: ``TokenizerError`` as ``init(modelPath:)`` does.
  public init(modelBytes: [UInt8], name: String = "the model") throws(TokenizerError) {
    do throws(ModelCheck.Failure) { try ModelCheck.check(modelBytes) } catch {
      switch error {
      case .malformed(let what): throw Self.malformed(name, what)
      case .unsuitable(let what):
        throw TokenizerError(
          .unsuitableModel,
          "\(name) does not fit KOSMOS-1's tokens: \(what); train a unigram model with unk_id=0"
            + " bos_id=1 eos_id=2 pad_id=-1 and no byte fallback")
      }
    }
    do throws(LibraryFailure) {
      model = try SentencePieceModel(bytes: modelBytes)
    } catch { throw Self.malformed(name, error.message) }
    do throws(ProtobufFields.Malformed) {
      encoder = UnigramEncoder(try UnigramModel(modelBytes))
    } catch { throw Self.malformed(name, "it is cut short or no protocol buffer") }
    vocabulary = Vocabulary(pieces: model.size)
  }

  private static func malformed(_ name: String, _ what: String) -> TokenizerError {
    TokenizerError(
      .malformedModel,
      "\(name) is no SentencePiece model, or it is damaged: \(what); train one or fetch it again")
  }

  /// Encodes text; no token is added before or after it.
  public func encode(_ text: String) -> [Int32] {
    encoder.encode(text).map(Vocabulary.id(ofPiece:))
  }

  /// Encodes text and says which of its bytes each token stands for.
  ///
  /// The bytes of the pieces follow one another; where the normaliser removes or replaces characters,
  /// they belong to the piece beside them.
  public func encodeWithSpans(_ text: String) -> [Piece] {
    model.encodePieces(text).map {
      Piece(id: Vocabulary.id(ofPiece: $0.id), bytes: Int($0.begin)..<Int($0.end))
    }
  }

  /// Decodes tokens.
  ///
  /// `</line>` becomes a line break and `<unk>` the library's ` ⁇ `; all other special tokens, and ids
  /// outside the vocabulary, give nothing.
  public func decode(_ ids: some Sequence<Int32>) -> String {
    var text = ""
    var run: [Int32] = []
    for id in ids {
      if id == Vocabulary.unknown {
        run.append(0)
      } else if vocabulary.textIDs.contains(id) {
        run.append(id - 1)
      } else if id == vocabulary.lineEnd {
        text += model.decode(run) + "\n"
        run.removeAll()
      }
    }
    return text + model.decode(run)
  }

  /// The text of one token as the model spells it, such as `▁the`, or its name, such as `<image>`.
  ///
  /// An id outside the vocabulary gives its number in angle brackets.
  public func piece(of id: Int32) -> String {
    if let name = vocabulary.specialName(of: id) { return name }
    return vocabulary.textIDs.contains(id) ? model.piece(id - 1) : "<\(id)>"
  }
}
