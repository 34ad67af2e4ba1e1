/// A ledger that cannot be opened, written or read, and what to do about it.
public struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// There is no file of that name, or it is no ledger.
    case notALedger
    /// The ledger has another version than this build of weft reads.
    case otherVersion
    /// The ledger belongs to another run.
    case otherRun
    /// A part file is missing, damaged, or not of the digest it should have.
    case damagedPart
    /// The disk is full.
    case diskFull
    /// The ledger is damaged, locked or read-only.
    case database
  }

  /// What kind of fault it is.
  public var code: Code
  /// What went wrong and how it may be mended.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }

  static func value(_ wanted: String, _ found: String) -> LedgerError {
    LedgerError(.database, "the ledger holds \(found) where \(wanted) belongs; \(remake)")
  }

  /// How a damaged ledger is mended: nothing is in it that is not in the part files.
  static let remake =
    "remove the file and run the same command again to make it anew from its parts"
}
