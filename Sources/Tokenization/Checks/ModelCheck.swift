/// Checks a serialised SentencePiece model before the library sees it.
///
/// The library trusts its model: a table that points out of itself is followed, and some faults end
/// the process. Where a singular field stands twice the library takes one of them, so that each is
/// checked here. Field numbers are those of `sentencepiece_model.proto`.
struct ModelCheck {
  /// Why a model is refused.
  enum Failure: Error {
    case malformed(String)
    case unsuitable(String)
  }

  /// The most pieces of a model.
  static let pieceLimit = 1_000_000
  /// The longest piece in bytes.
  private static let pieceByteLimit = 1024
  private static let unigram: UInt64 = 1
  private static let unknownPiece: UInt64 = 2
  private static let controlPiece: UInt64 = 3
  private static let bytePiece: UInt64 = 6

  private var pieceCount = 0

  /// Checks a model.
  static func check(_ model: [UInt8]) throws(Failure) {
    var check = ModelCheck()
    try Self.fields(model[...]) { (number, value) throws(Failure) in
      switch (number, value) {
      case (1, .bytes(let piece)): try check.checkPiece(piece)
      case (2, .bytes(let trainer)): try checkTrainer(trainer)
      case (3, .bytes(let normalizer)), (5, .bytes(let normalizer)):
        try checkNormalizer(normalizer)
      case (1, _), (2, _), (3, _), (5, _): throw .malformed("a field is of the wrong kind")
      default: break
      }
    }
    if check.pieceCount < 4 { throw .malformed("it has \(check.pieceCount) pieces") }
  }

  private mutating func checkPiece(_ message: ArraySlice<UInt8>) throws(Failure) {
    let id = pieceCount
    var text: ArraySlice<UInt8> = []
    var kind: UInt64 = 1
    try Self.fields(message) { (number, value) throws(Failure) in
      switch (number, value) {
      case (1, .bytes(let bytes)): text = bytes
      case (2, .fixed32(let bits)):
        let score = Float(bitPattern: bits)
        if !(score.magnitude < 1e9) { throw .malformed("piece \(id) has the score \(score)") }
      case (3, .varint(let value)): kind = value
      case (1...3, _): throw .malformed("piece \(id) has a field of the wrong kind")
      default: break
      }
    }
    guard (1...Self.pieceByteLimit).contains(text.count), !text.contains(0),
      String(validating: text, as: UTF8.self) != nil
    else { throw .malformed("piece \(id) is empty, too long or no text") }
    let isControl = id < 3 && kind == (id == 0 ? Self.unknownPiece : Self.controlPiece)
    guard (1...6).contains(kind), id >= 3 ? kind != Self.unknownPiece : isControl else {
      throw .unsuitable("piece \(id) is of kind \(kind); pieces 0, 1, 2 must be <unk>, <s>, </s>")
    }
    if kind == Self.bytePiece { throw .unsuitable("it falls back to bytes") }
    pieceCount += 1
    if pieceCount > Self.pieceLimit { throw .unsuitable("it has over \(Self.pieceLimit) pieces") }
  }

  private static func checkTrainer(_ message: ArraySlice<UInt8>) throws(Failure) {
    try fields(message) { (number, value) throws(Failure) in
      if number == 3, case .varint(let type) = value, type != unigram {
        throw .unsuitable("it is no unigram model")
      }
    }
  }

  private static func checkNormalizer(_ message: ArraySlice<UInt8>) throws(Failure) {
    try fields(message) { (number, value) throws(Failure) in
      if number == 2, case .bytes(let map) = value, !map.isEmpty {
        guard let map = CharacterMap(map), map.isSound else {
          throw .malformed("its table of normalisations is damaged")
        }
      }
    }
  }

  private static func fields(
    _ message: ArraySlice<UInt8>,
    _ body: (Int, ProtobufFields.Value) throws(Failure) -> Void
  ) throws(Failure) {
    var fields = ProtobufFields(message)
    while true {
      let field: ProtobufFields.Field?
      do throws(ProtobufFields.Malformed) { field = try fields.next() } catch {
        throw .malformed("it is cut short or no protocol buffer")
      }
      guard let field else { return }
      try body(field.number, field.value)
    }
  }
}
