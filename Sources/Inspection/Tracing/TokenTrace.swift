public import Documents
public import Provenance
public import RemoteArchives

/// A token of a shard and where it came from, down to the bytes of an archive.
public struct TokenTrace: Hashable, Sendable, Codable {
  /// The corpus of the shard.
  public var corpus: Corpus
  /// The shard's number.
  public var shard: Int
  /// The sequence's number in the shard.
  public var sequence: Int
  /// The token's position in the sequence.
  public var position: Int
  /// The token's id.
  public var token: Int32
  /// The token as the tokenizer's model spells it, or its name.
  public var piece: String
  /// Whether the token is a target of the loss.
  public var isTarget: Bool
  /// The text before it in the sequence.
  public var before: String
  /// The token's own text; a latent position of an image is `[image]`.
  public var text: String
  /// The text after it in the sequence.
  public var after: String
  /// The run of tokens it belongs to; `nil` at `<s>`, which is of no document.
  public var segment: SegmentRow?
  /// The document.
  public var document: DocumentRow?
  /// The node of the document.
  public var source: TokenSource?
  /// The record of the page.
  public var record: RecordRow?
  /// The record that holds the page's payload, where ``record`` is a revisit of it.
  public var original: RecordRow?
  /// The archive.
  public var input: InputRow?
  /// Where the record's member came from, where ``input`` is an archive of chosen records.
  public var origin: RecordOrigin?
  /// What reading the record back showed.
  public var proof: RecordProof?
  /// The example of instruction tuning, in place of a document and its record.
  public var instruction: InstructionRow?
  /// What reading the example back showed.
  public var example: ExampleProof?

  /// Whether nothing that was read back is wrong.
  public var isSound: Bool { proof?.isSound != false && example?.isSound != false }
}
