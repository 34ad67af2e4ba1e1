internal import Documents
internal import Provenance

/// Why things were dropped, with examples of each reason.
enum ReasonSection {
  /// How many examples each reason has.
  private static let exampleCount = 3
  /// Among how many of the first drops for a reason they are sought, so that they are not all of one page.
  private static let reach = 400
  /// The most characters of an example's text.
  private static let characterLimit = 240

  static func make(_ run: InspectedRun, _ statistics: Statistics) throws -> ReportSection? {
    let reasons = reasons(statistics)
    let found = try examples(run, reasons)
    var html = HTML()
    html.add("p", "Each reason with some of what was dropped for it, as the crawl has it.")
    var stage: StageName?
    for (reason, examples) in zip(reasons, found) {
      if reason.stage != stage { html.add("h3", reason.stage.rawValue) }
      stage = reason.stage
      html.add(markup: "<details class=\"examples\"><summary>")
      html.add("code", reason.code)
      html.add("span", class: "muted", reason.units)
      html.add("span", class: "n", NumberText.grouped(reason.count))
      html.add(markup: "</summary>")
      if examples.isEmpty {
        html.add("p", class: "muted", "The ledger counts these and does not list them.")
      } else {
        html.add(markup: "<ul>")
        for example in examples { html.add(try item(run, example)) }
        html.add(markup: "</ul>")
      }
      html.add(markup: "</details>")
    }
    if reasons.isEmpty { return nil }
    return ReportSection(id: "reasons", title: "Why things were dropped", content: html)
  }

  private struct ReasonCount {
    var stage: StageName
    var code: String
    var units: String
    var count: Int
  }

  private static func reasons(_ statistics: Statistics) -> [ReasonCount] {
    statistics.funnel.flatMap { stage -> [ReasonCount] in
      var counts: [String: Int] = [:]
      var units: [String: [String]] = [:]
      for (unit, tally) in stage.counts.ordered {
        counts.merge(tally.dropped, uniquingKeysWith: +)
        for code in tally.dropped.keys { units[code, default: []].append(unit.words) }
      }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
        ReasonCount(
          stage: stage.stage, code: code, units: (units[code] ?? []).joined(separator: ", "),
          count: count)
      }
    }
  }

  /// The examples of each reason; documents are read once for all.
  private static func examples(
    _ run: InspectedRun, _ reasons: [ReasonCount]
  ) throws -> [[DroppedExamples.Example]] {
    let decisions = try reasons.map { reason in
      let code = Reason.Code(reason.code)
      let first = try run.ledger.decisions(of: reason.stage, reason: code, limit: reach)
      return spread(first)
    }
    var all = try run.examples(decisions.flatMap(\.self))[...]
    return try zip(reasons, decisions).map { reason, decisions in
      let found = Array(all.prefix(decisions.count))
      all = all.dropFirst(decisions.count)
      return found.isEmpty && reason.stage == .read ? try records(run, reason) : found
    }
  }

  /// Some of the decisions, of as many records as there are.
  private static func spread(_ decisions: [StageDecision]) -> [StageDecision] {
    var seen: Set<Subject> = []
    let first = decisions.indices.filter { seen.insert(decisions[$0].decision.subject).inserted }
    let others = decisions.indices.filter { !first.contains($0) }
    return (first + others).prefix(exampleCount).map { decisions[$0] }
  }

  /// The reason of a record that was not read stands in its own row.
  private static func records(
    _ run: InspectedRun, _ reason: ReasonCount
  ) throws -> [DroppedExamples.Example] {
    let code = Reason.Code(reason.code)
    return try run.ledger.records(reason: code, limit: exampleCount, offset: 0).map { record in
      let words = [record.status.map { "status \($0)" }, record.mediaType].compactMap(\.self)
      return DroppedExamples.Example(
        stage: .read,
        decision: DecisionRow(
          unit: .record, subject: .record(record.id),
          reason: Reason(code, detail: words.isEmpty ? nil : words.joined(separator: ", "))),
        url: record.url, text: nil)
    }
  }

  private static func item(_ run: InspectedRun, _ example: DroppedExamples.Example) throws -> HTML {
    let decision = example.decision
    var html = HTML(markup: "<li>")
    if let picture = picture(run, example) { html.add(picture) }
    html.add(
      markup: "<span class=\"url\" dir=\"auto\">"
        + "\(HTML.escape(example.url ?? "\(decision.unit.words) \(decision.subject)"))</span>")
    if let text = example.text, !text.isEmpty {
      let shown = text.prefix(characterLimit)
      html.add(
        markup: "<q dir=\"auto\">\(HTML.escape(shown))\(shown.count < text.count ? "…" : "")</q>")
    }
    let place = decision.path ?? decision.place.map { "\(decision.unit.words), number \($0)" }
    if let place { html.add(markup: "<code dir=\"auto\">\(HTML.escape(place))</code>") }
    let words = decision.reason.measuredWords
    if !words.isEmpty {
      html.add(markup: "<span class=\"muted\" dir=\"auto\">\(HTML.escape(words))</span>")
    }
    html.add(markup: "</li>")
    return html
  }

  /// The image that was dropped, small; `nil` where it was none, or its archive has gone.
  private static func picture(_ run: InspectedRun, _ example: DroppedExamples.Example) -> HTML? {
    let digest: Digest?
    switch (example.decision.subject, example.decision.unit) {
    case (.image(let image), _): digest = image
    case (.record(let id), .image), (.record(let id), .pair):
      let images = try? run.ledger.images(of: id)
      digest = images?.first { $0.image == example.decision.place }?.digest
    default: digest = nil
    }
    guard let digest, let bytes = try? run.imageFile(digest) else { return nil }
    return PictureMarkup.of(bytes, alt: example.text ?? "the image that was dropped", side: 120)
  }
}
