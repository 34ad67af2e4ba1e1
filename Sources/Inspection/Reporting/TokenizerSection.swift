internal import Documents

/// How the tokenizer fits the corpora.
enum TokenizerSection {
  static func make(_ run: InspectedRun) throws -> ReportSection? {
    guard let statistics = try TokenStatistics(run) else { return nil }
    var html = HTML()
    html.add(
      "p",
      "The model has \(NumberText.grouped(statistics.pieces)) pieces for text; "
        + "\(NumberText.grouped(statistics.used)) of them "
        + "(\(NumberText.percent(statistics.used, of: statistics.pieces))) occur in the shards"
        + (isWhole(statistics) ? "." : ", as far as they were counted."))
    html.add(corpora(statistics))
    for (title, pieces) in [
      ("Most frequent pieces", statistics.frequent), ("Longest pieces in use", statistics.longest),
      ("Pieces never used, the likeliest first", statistics.unused),
    ] where !pieces.isEmpty {
      html.add("h3", title)
      html.add(markup: "<ul class=\"pieces\">")
      for piece in pieces {
        html.add(
          markup: "<li><code dir=\"auto\">\(HTML.escape(piece.text.prefix(80)))</code>"
            + (piece.count > 0 ? " <span>\(NumberText.grouped(piece.count))</span>" : "") + "</li>")
      }
      html.add(markup: "</ul>")
    }
    return ReportSection(id: "tokenizer", title: "Tokenizer", content: html)
  }

  private static func isWhole(_ statistics: TokenStatistics) -> Bool {
    statistics.corpora.allSatisfy { $0.counted == $0.all }
  }

  private static func corpora(_ statistics: TokenStatistics) -> HTML {
    DataTable(
      caption: "Tokens of the corpora",
      columns: [
        "corpus", "tokens", "counted", "text tokens", "bytes a text token", "unknown",
        "share unknown",
      ],
      numbers: Set(1...6),
      rows: statistics.corpora.map {
        [
          $0.corpus.rawValue, NumberText.grouped($0.all), NumberText.grouped($0.counted),
          NumberText.grouped($0.text),
          $0.text > $0.unknown
            ? NumberText.fixed(Double($0.bytes) / Double($0.text - $0.unknown), 2) : "–",
          NumberText.grouped($0.unknown),
          $0.text > 0
            ? NumberText.fixed(Double($0.unknown) / Double($0.text) * 100, 3) + " %" : "–",
        ]
      }
    ).html
  }
}
