/// What a serialised unigram model says of encoding.
///
/// Field numbers and defaults are those of `sentencepiece_model.proto`. Where a field stands twice the
/// last one counts, as in all protocol buffers.
struct UnigramModel {
  /// The texts of the pieces, end to end.
  private(set) var bytes: [UInt8] = []
  /// Where each piece ends in ``bytes``.
  private(set) var ends: [UInt32] = []
  private(set) var scores: [Float] = []
  /// The kinds of the pieces, by their numbers in the format.
  private(set) var kinds: [UInt8] = []

  /// The normaliser's table; empty where it changes nothing.
  private(set) var characterMap: [UInt8] = []
  private(set) var addsDummyPrefix = true
  private(set) var removesExtraWhitespaces = true
  private(set) var escapesWhitespaces = true
  private(set) var treatsWhitespaceAsSuffix = false

  /// Reads a model that ``ModelCheck`` finds sound.
  init(_ model: [UInt8]) throws(ProtobufFields.Malformed) {
    var fields = ProtobufFields(model[...])
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let piece)): try addPiece(piece)
      case (2, .bytes(let trainer)): try readTrainer(trainer)
      case (3, .bytes(let normalizer)): try readNormalizer(normalizer)
      default: break
      }
    }
  }

  private mutating func addPiece(_ message: ArraySlice<UInt8>) throws(ProtobufFields.Malformed) {
    var fields = ProtobufFields(message)
    var text: ArraySlice<UInt8> = []
    var score: Float = 0
    var kind: UInt8 = 1
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let value)): text = value
      case (2, .fixed32(let bits)): score = Float(bitPattern: bits)
      case (3, .varint(let value)): kind = UInt8(truncatingIfNeeded: value)
      default: break
      }
    }
    bytes += text
    ends.append(UInt32(bytes.count))
    scores.append(score)
    kinds.append(kind)
  }

  private mutating func readTrainer(
    _ message: ArraySlice<UInt8>
  ) throws(ProtobufFields.Malformed) {
    var fields = ProtobufFields(message)
    while let field = try fields.next() {
      if field.number == 24, case .varint(let flag) = field.value {
        treatsWhitespaceAsSuffix = flag != 0
      }
    }
  }

  private mutating func readNormalizer(
    _ message: ArraySlice<UInt8>
  ) throws(ProtobufFields.Malformed) {
    var fields = ProtobufFields(message)
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (2, .bytes(let map)): characterMap = Array(map)
      case (3, .varint(let flag)): addsDummyPrefix = flag != 0
      case (4, .varint(let flag)): removesExtraWhitespaces = flag != 0
      case (5, .varint(let flag)): escapesWhitespaces = flag != 0
      default: break
      }
    }
  }
}
