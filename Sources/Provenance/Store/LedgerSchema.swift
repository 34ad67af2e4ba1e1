/// The tables of a ledger: the text of `schemas/v4-provenance.sql`.
enum LedgerSchema {
  /// The version that `PRAGMA user_version` states.
  static let version = 4
  /// The application that `PRAGMA application_id` states: `weft` in ASCII.
  static let applicationID = 0x7765_6674

  /// The statements that make the tables.
  static let sql = String(decoding: PackageResources.v4_provenance_sql, as: UTF8.self)
}
