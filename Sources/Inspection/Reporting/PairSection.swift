internal import Curation
internal import Documents
internal import Provenance

/// Pairs drawn from the pairs corpus.
enum PairSection {
  static func make(_ run: InspectedRun, count: Int, seed: UInt64) throws -> ReportSection? {
    let rows = try run.ledger.samplePairs(count: count, seed: seed)
    if rows.isEmpty { return nil }
    var html = HTML(markup: "<ul class=\"gallery\">\n")
    for row in rows {
      let entries = try run.ledger.entries(of: row.document)
      let entry = entries.first { $0.corpus == .pairs && $0.image == row.image }
      guard let entry else { continue }
      let sample = try run.sample(entry)
      let pair = try sample.value(ImageTextPair.self)
      html.add(markup: "<li><figure>")
      html.add(PictureMarkup.of(sample.images.first?.bytes ?? [], alt: pair.caption))
      html.add(
        markup: "<figcaption><span dir=\"auto\">\(HTML.escape(pair.caption.prefix(280)))</span>")
      html.add("span", class: "muted", pair.source == .caption ? "caption" : "alternative text")
      html.add(markup: "</figcaption></figure></li>")
    }
    html.add(markup: "</ul>")
    return ReportSection(id: "pairs", title: "\(rows.count) image-caption pairs", content: html)
  }
}
