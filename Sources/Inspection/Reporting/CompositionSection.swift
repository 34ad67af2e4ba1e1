internal import Documents
internal import Provenance

/// What the corpora are made of: how much, from where, in which languages, and what was there twice.
enum CompositionSection {
  static func make(_ statistics: Statistics) -> ReportSection? {
    if statistics.corpora.allSatisfy({ $0.documents == 0 }) { return nil }
    var html = HTML()
    html.add(corpora(statistics))
    html.add(
      groups(
        statistics.domains,
        statistics.domainCount > statistics.domains.count
          ? "The largest \(statistics.domains.count) of \(NumberText.grouped(statistics.domainCount))"
            + " domains" : "Domains", "domain"))
    html.add(groups(statistics.languages, "Languages, as curation found them", "language"))
    html.add(duplicates(statistics))
    return ReportSection(id: "composition", title: "What the corpora hold", content: html)
  }

  private static func corpora(_ statistics: Statistics) -> HTML {
    DataTable(
      caption: "The corpora",
      columns: [
        "corpus", "documents", "images", "characters", "tokens", "held out", "shards", "size",
      ],
      numbers: Set(1...7),
      rows: statistics.corpora.map {
        [
          $0.corpus.rawValue, NumberText.grouped($0.documents), NumberText.grouped($0.images),
          NumberText.grouped($0.characters), NumberText.grouped($0.train.tokens),
          NumberText.grouped($0.validation.tokens),
          NumberText.grouped($0.train.shards + $0.validation.shards),
          NumberText.bytes($0.train.bytes + $0.validation.bytes),
        ]
      }
    ).html
  }

  private static func groups(
    _ groups: [DocumentGroup], _ title: String, _ column: String
  ) -> HTML {
    if groups.isEmpty { return HTML() }
    var html = HTML()
    html.add("h3", title)
    html.add(
      DataTable(
        caption: title,
        columns: [column, "documents", "characters", "interleaved", "text", "pairs"],
        numbers: Set(1...5),
        rows: groups.map { group in
          [group.value.isEmpty ? "unknown" : group.value]
            + [
              group.documents, group.characters, group.interleaved, group.texts, group.pairs,
            ].map(NumberText.grouped)
        }
      ).html)
    return html
  }

  private static func duplicates(_ statistics: Statistics) -> HTML {
    if statistics.duplicates.isEmpty { return HTML() }
    var html = HTML()
    html.add("h3", "Duplicates")
    html.add(
      DataTable(
        caption: "What was dropped since it was there already",
        columns: ["what", "stage", "reason", "dropped", "of all"], numbers: [3, 4],
        rows: statistics.duplicates.map {
          [
            $0.unit.words, $0.stage.rawValue, $0.reason, NumberText.grouped($0.dropped),
            NumberText.percent($0.dropped, of: $0.entered),
          ]
        }
      ).html)
    return html
  }
}
