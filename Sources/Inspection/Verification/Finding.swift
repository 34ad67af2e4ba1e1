/// Something that is wrong with a run.
public struct Finding: Hashable, Sendable, Codable {
  /// Which check found it.
  public enum Check: String, Hashable, Sendable, Codable, CaseIterable {
    /// Files are what was recorded of them, to the byte.
    case files
    /// What entered each stage went on or was dropped, and went on to the next.
    case counts
    /// Rows of the ledger refer to rows that are there.
    case references
    /// Shards decode, and the index and the ledger say of them what they are.
    case shards
    /// Tokens lead back to bytes of the archives.
    case lineage
    /// Nothing is left of what was forgotten.
    case forgotten
  }

  /// Which check found it.
  public var check: Check
  /// The file, stage or row it is about.
  public var subject: String
  /// What is wrong.
  public var message: String
  /// What mends it.
  public var remedy: String

  /// Makes a finding from its parts.
  public init(_ check: Check, _ subject: String, _ message: String, remedy: String) {
    self.check = check
    self.subject = subject
    self.message = message
    self.remedy = remedy
  }

  static let runAgain = "`weft verify RUN --repair` makes again what is missing or damaged"
}

/// What verifying a run checked and found.
public struct Verification: Hashable, Sendable, Codable {
  /// How many things each check looked at.
  public var checked: [String: Int] = [:]
  /// What is wrong.
  public var findings: [Finding] = []

  /// Makes a verification that checked nothing yet.
  public init() {}

  /// Whether nothing is wrong.
  public var isSound: Bool { findings.isEmpty }

  /// Counts things a check looked at.
  mutating func count(_ check: Finding.Check, _ count: Int = 1) {
    checked[check.rawValue, default: 0] += count
  }

  /// Adds a finding.
  mutating func find(
    _ check: Finding.Check, _ subject: String, _ message: String,
    remedy: String = Finding.runAgain
  ) {
    findings.append(Finding(check, subject, message, remedy: remedy))
  }
}
