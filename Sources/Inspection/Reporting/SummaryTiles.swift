internal import Documents
internal import Provenance

/// The few numbers that sum up a run.
package enum SummaryTiles {
  package static func make(_ statistics: Statistics) -> HTML {
    var html = HTML(markup: "<dl class=\"tiles\">\n")
    func add(_ name: String, _ number: String, _ note: String, _ style: String) {
      html.add(markup: "<div class=\"tile \(style)\">")
      html.add("dt", name)
      html.add("dd", class: "big", number)
      html.add("dd", note)
      html.add(markup: "</div>")
    }
    for corpus in statistics.corpora {
      let tokens = corpus.train.tokens + corpus.validation.tokens
      let note =
        switch corpus.corpus {
        case .interleaved: "documents with \(NumberText.grouped(corpus.images)) images"
        case .pairs: "images with a caption"
        case .instructions: "examples, \(NumberText.short(corpus.characters)) characters"
        case .text: "documents, \(NumberText.short(corpus.characters)) characters"
        }
      add(
        corpus.corpus.rawValue, NumberText.grouped(corpus.documents),
        note + (tokens > 0 ? " · \(NumberText.short(tokens)) tokens" : ""),
        corpus.corpus.rawValue)
    }
    let shards = statistics.corpora.reduce(into: (count: 0, bytes: Int64(0), sequences: 0)) {
      $0.count += $1.train.shards + $1.validation.shards
      $0.bytes += $1.train.bytes + $1.validation.bytes
      $0.sequences += $1.train.sequences + $1.validation.sequences
    }
    add(
      "shards", NumberText.grouped(shards.count),
      "\(NumberText.grouped(shards.sequences)) sequences · \(NumberText.bytes(shards.bytes))",
      "ink")
    html.add(markup: "</dl>")
    return html
  }
}
