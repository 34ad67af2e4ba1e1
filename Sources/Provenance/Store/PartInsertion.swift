internal import Documents
internal import GRDB

/// The rows of one part on their way into the tables.
struct PartInsertion {
  private let database: Database
  private let part: Int64
  private var statements: [String: Statement] = [:]
  private var ordinals: [String: Int] = [:]
  private var counts = StageCounts()
  private var measures = PartMeasures()
  private var rows = 0

  init(_ database: Database, part: Int64) {
    self.database = database
    self.part = part
  }

  /// Inserts a row.
  mutating func add(_ row: LedgerRow) throws {
    rows += 1
    switch row {
    case .input(let row): try insert(row)
    case .record(let row): try insert(row)
    case .document(let row): try insert(row)
    case .image(let row): try insert(row)
    case .storedImage(let row): try insert(row)
    case .documentImage(let row): try insert(row)
    case .corpusDocument(let row): try insert(row)
    case .pair(let row): try insert(row)
    case .instruction(let row): try insert(row)
    case .decision(let row): try insert(row)
    case .counts(let more): counts.add(more)
    case .histogram(let row): measures.add(row)
    case .group(let row): measures.add(row)
    case .shard(let row):
      measures.add(row)
      try insertKeyed(row)
    case .segment(let row):
      measures.add(row)
      try insertKeyed(row)
    case .artefact(let row): try insert(row)
    }
  }

  /// Inserts what is known only after the last row.
  func finish() throws {
    try insertCounts()
    try measures.insert(database, part: part)
    try insertClusters()
    try database.execute(
      sql: "UPDATE parts SET rows = ? WHERE part = ?", arguments: [rows, part])
  }

  private mutating func insert<R: TableRow>(_ row: R) throws {
    let ordinal = ordinals[R.table, default: 0]
    ordinals[R.table] = ordinal + 1
    measures.add(row)
    try statement(R.table, R.insertion).execute(
      arguments: StatementArguments([part, ordinal] + row.values))
  }

  private mutating func insertKeyed<R: KeyedRow>(_ row: R) throws {
    try statement(R.table, R.insertion).execute(
      arguments: StatementArguments(row.values(part: part)))
  }

  private mutating func statement(
    _ table: String, _ sql: @autoclosure () -> String
  ) throws -> Statement {
    if let statement = statements[table] { return statement }
    let statement = try database.makeStatement(sql: sql())
    statements[table] = statement
    return statement
  }

  private func insertCounts() throws {
    let count = try database.makeStatement(
      sql: "INSERT INTO counts (part, unit, entered, kept) VALUES (?, ?, ?, ?)")
    let reason = try database.makeStatement(
      sql: "INSERT INTO count_reasons (part, unit, reason, dropped) VALUES (?, ?, ?, ?)")
    for (unit, tally) in counts.tallies.sorted(by: { $0.key < $1.key }) {
      try count.execute(arguments: [part, unit, tally.entered, tally.kept])
      for (code, dropped) in tally.dropped.sorted(by: { $0.key < $1.key }) {
        try reason.execute(arguments: [part, unit, code, dropped])
      }
    }
  }

  /// Clusters are counted once here, and not whenever somebody looks.
  private func insertClusters() throws {
    guard PartKey.stage(of: part) == .deduplicate else { return }
    try database.execute(
      sql: """
        INSERT INTO duplicate_clusters (part, rank, representative, dropped)
        SELECT part, row_number() OVER (ORDER BY count(*) DESC, detail), detail, count(*)
        FROM decisions WHERE part = ? AND unit = 'page' AND length(detail) = 32 GROUP BY detail
        """, arguments: [part])
  }
}
