internal import Documents
internal import Foundation
internal import GRDB

extension Digest {
  /// The digest as a column holds it.
  var column: Data { Data(bytes) }

  init(column: [UInt8]) throws(LedgerError) {
    guard let digest = Digest(bytes: column) else {
      throw .value("a digest", "\(column.count) bytes")
    }
    self = digest
  }
}

extension RecordID {
  /// The identity as a column holds it.
  var column: Data { Data(bytes) }

  init(column: [UInt8]) throws(LedgerError) {
    guard let id = RecordID(bytes: column) else {
      throw .value("an identity", "\(column.count) bytes")
    }
    self = id
  }
}

extension PerceptualHash {
  /// The bits as a column holds them: SQLite has signed integers alone.
  var column: Int64 { Int64(bitPattern: bits) }

  init(column: Int64) { self.init(bits: UInt64(bitPattern: column)) }
}

extension Subject {
  /// The identity as a column holds it.
  var column: Data {
    switch self {
    case .record(let id): id.column
    case .image(let digest): digest.column
    }
  }

  init(column: [UInt8]) throws(LedgerError) {
    self =
      column.count == RecordID.byteCount
      ? .record(try RecordID(column: column)) : .image(try Digest(column: column))
  }
}

extension RawRepresentable where RawValue == String {
  init(column: String) throws(LedgerError) {
    guard let value = Self(rawValue: column) else { throw .value("\(Self.self)", "'\(column)'") }
    self = value
  }
}

/// Bytes of a column; GRDB reads `Data` only.
extension Row {
  subscript(name: String) -> [UInt8] { [UInt8](self[name] as Data) }
  subscript(name: String) -> [UInt8]? { (self[name] as Data?).map { [UInt8]($0) } }
}
