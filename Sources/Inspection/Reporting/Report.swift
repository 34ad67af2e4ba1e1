internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Storage

/// A report of a run: one HTML file that needs nothing else, neither a network nor a script.
public struct Report: Sendable {
  /// How many documents are shown.
  public var documents = 10
  /// How many pairs are shown.
  public var pairs = 18
  /// Draws the documents and pairs.
  public var seed: UInt64 = 0

  /// Makes a report with the usual settings.
  public init() {}

  /// Writes the report of a run to its place in the run directory; returns the path.
  @discardableResult
  public func write(_ run: InspectedRun) throws -> String {
    let path = run.directory.path(RunDirectory.report)
    try AtomicFile.write(try html(run), to: path)
    return path
  }

  /// The report of a run as HTML; the same run gives the same bytes.
  public func html(_ run: InspectedRun) throws -> String {
    let statistics = try Statistics(of: run)
    let sections: [ReportSection] = [
      FunnelSection.make(statistics),
      CompositionSection.make(statistics),
      DistributionSection.make(statistics),
      try TokenizerSection.make(run),
      TrainingSection.make(
        TrainingMetrics(path: run.directory.path(RunDirectory.metrics + "/metrics.jsonl"))),
      try DocumentSection.make(run, count: documents, seed: seed),
      try PairSection.make(run, count: pairs, seed: seed),
      try ReasonSection.make(run, statistics),
      try OriginSection.make(run, statistics),
    ].compactMap { $0 }
    var body = HTML()
    body.add(header(statistics))
    body.add(markup: "<main id=\"main\" tabindex=\"-1\">")
    body.add(SummaryTiles.make(statistics))
    body.add(FlowFigures.make(statistics))
    body.add(contents(sections))
    for section in sections { body.add(section.html) }
    body.add(markup: "</main>")
    return page(body, title: "weft report · run \(statistics.run)")
  }

  private func header(_ statistics: Statistics) -> HTML {
    var html = HTML()
    html.add(markup: "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>")
    html.add("p", class: "brand", "weft")
    html.add("h1", "What became of the crawl")
    html.add(
      "p", class: "lead",
      "Run \(statistics.run) by weft \(statistics.weft), over "
        + NumberText.grouped(statistics.inputs)
        + (statistics.inputs == 1 ? " archive" : " archives")
        + " of \(NumberText.bytes(statistics.inputBytes))")
    html.add(markup: "</header>")
    return html
  }

  private func contents(_ sections: [ReportSection]) -> HTML {
    var html = HTML(markup: "<nav aria-label=\"Contents\"><ul>\n")
    for section in sections {
      html.add(markup: "<li><a href=\"#\(section.id)\">\(HTML.escape(section.title))</a></li>")
    }
    html.add(markup: "</ul></nav>")
    return html
  }

  /// The whole page.
  ///
  /// Its policy lets a browser load nothing and run nothing: the only style is the one of that
  /// digest, and the only images are those in the page itself.
  private func page(_ body: HTML, title: String) -> String {
    let digest = Data(Digest(of: Array(ReportStyle.sheet.utf8)).bytes).base64EncodedString()
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(HTML.escape(title))</title>
      <style>\(ReportStyle.sheet)</style>
      </head>
      <body>
      \(body.markup)</body>
      </html>

      """
  }
}

/// A section of a report.
package struct ReportSection {
  /// Its anchor.
  package var id: String
  /// Its heading.
  package var title: String
  /// What stands below the heading.
  package var content: HTML

  /// The section with its heading.
  package var html: HTML {
    var html = HTML()
    html.add(markup: "<section id=\"\(id)\" aria-labelledby=\"\(id)-heading\">")
    html.add(markup: "<h2 id=\"\(id)-heading\">\(HTML.escape(title))</h2>")
    html.add(content)
    html.add(markup: "</section>")
    return html
  }
}
