internal import Documents
internal import GRDB

/// What the rows of a part add to the histograms and the groups of documents.
struct PartMeasures {
  private var histograms: [Histogram.Metric: Histogram.Builder] = [:]
  private var groups: [GroupName: DocumentGroup] = [:]
  private var sequences = SequenceLengths()

  private struct GroupName: Hashable {
    var kind: DocumentGroup.Kind
    var value: String
  }

  /// Adds what a row of a table tells.
  mutating func add(_ row: some TableRow) {
    for (metric, value) in row.measures { histograms[metric, default: .init()].add(value) }
    for group in row.groups { add(group) }
  }

  /// Adds what a part has of a group.
  mutating func add(_ group: DocumentGroup) {
    let name = GroupName(kind: group.kind, value: group.value)
    groups[name, default: DocumentGroup(kind: group.kind, value: group.value)].add(group)
  }

  /// Adds what a stage measured itself.
  mutating func add(_ row: HistogramRow) {
    for (value, count) in row.values {
      histograms[row.metric, default: .init()].add(value, times: count)
    }
  }

  /// Adds a shard, which tells how long its sequences may be.
  mutating func add(_ row: ShardRow) { sequences.limits[row.corpus] = row.maximumLength }

  /// Adds a run of tokens; those of a sequence follow one another.
  mutating func add(_ row: SegmentRow) { sequences.add(row) }

  /// Writes the rows of the part.
  consuming func insert(_ database: Database, part: Int64) throws {
    for (corpus, lengths) in sequences.finished() {
      for (length, count) in lengths {
        histograms[.positions(corpus), default: .init()].add(length, times: count)
        guard let limit = sequences.limits[corpus] else { continue }
        histograms[.unused(corpus), default: .init()].add(limit - length, times: count)
      }
    }
    try insertHistograms(database, part)
    try insertGroups(database, part)
  }

  private func insertHistograms(_ database: Database, _ part: Int64) throws {
    let statement = try database.makeStatement(
      sql: "INSERT INTO histograms (part, metric, bucket, count, total) VALUES (?, ?, ?, ?, ?)")
    for (metric, builder) in histograms.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for (bucket, sums) in builder.sums.sorted(by: { $0.key < $1.key }) {
        try statement.execute(arguments: [part, metric.rawValue, bucket, sums.count, sums.total])
      }
    }
  }

  private func insertGroups(_ database: Database, _ part: Int64) throws {
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO document_groups
          (part, kind, value, documents, characters, interleaved, texts, pairs)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let ordered = groups.values.sorted {
      ($0.kind.rawValue, $0.value) < ($1.kind.rawValue, $1.value)
    }
    for group in ordered {
      try statement.execute(arguments: [
        part, group.kind.rawValue, group.value, group.documents, group.characters,
        group.interleaved, group.texts, group.pairs,
      ])
    }
  }
}

/// How long the packed sequences of a part are, from their runs of tokens.
private struct SequenceLengths {
  private struct Place: Hashable {
    var shard: Int
    var sequence: Int
  }

  /// The most tokens of a sequence.
  var limits: [Corpus: Int] = [:]
  private var lengths: [Corpus: [Int: Int]] = [:]
  private var current: [Corpus: (place: Place, end: Int)] = [:]

  mutating func add(_ row: SegmentRow) {
    let place = Place(shard: row.shard, sequence: row.sequence)
    let end = row.start + row.length
    guard let open = current[row.corpus], open.place == place else {
      close(row.corpus)
      current[row.corpus] = (place, end)
      return
    }
    current[row.corpus] = (place, max(open.end, end))
  }

  mutating func finished() -> [Corpus: [Int: Int]] {
    for corpus in Corpus.allCases { close(corpus) }
    return lengths
  }

  private mutating func close(_ corpus: Corpus) {
    guard let open = current.removeValue(forKey: corpus) else { return }
    lengths[corpus, default: [:]][open.end, default: 0] += 1
  }
}
