internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Storage

/// What the run was made from, by what, and when.
enum OriginSection {
  static func make(_ run: InspectedRun, _ statistics: Statistics) throws -> ReportSection? {
    var html = HTML()
    html.add(try facts(run, statistics))
    html.add(stages(run, statistics))
    html.add("h3", "Archives")
    html.add(
      DataTable(
        caption: "Archives", columns: ["path", "size", "SHA-256"], numbers: [1],
        rows: try run.ledger.inputs().map {
          [$0.path, NumberText.bytes($0.bytes), $0.digest.description]
        }
      ).html)
    if !statistics.shards.isEmpty {
      html.add("h3", "Shards")
      html.add(
        DataTable(
          caption: "Shards",
          columns: ["path", "for", "sequences", "tokens", "images", "size", "SHA-256"],
          numbers: [2, 3, 4, 5],
          rows: statistics.shards.map {
            [
              $0.path, $0.split.rawValue, NumberText.grouped($0.sequences),
              NumberText.grouped($0.tokens), NumberText.grouped($0.images),
              NumberText.bytes($0.bytes), $0.digest.description,
            ]
          }
        ).html)
    }
    html.add(markup: "<details><summary>The resolved pipeline</summary>")
    html.add(
      markup: "<pre class=\"pipeline\" tabindex=\"0\" role=\"group\" aria-label=\"Pipeline\">"
        + "\(HTML.escape(run.ledger.run.pipeline))</pre>")
    html.add(markup: "</details>")
    return ReportSection(id: "origin", title: "Where it comes from", content: html)
  }

  private static func facts(_ run: InspectedRun, _ statistics: Statistics) throws -> HTML {
    var facts = [
      ("run", statistics.run), ("weft", statistics.weft),
      ("run format", String(run.ledger.run.format)),
    ]
    let tokenizer = run.directory.path(RunDirectory.tokenizer)
    if let digest = try? Digest(ofFile: tokenizer) {
      facts.append(("tokenizer, SHA-256", digest.description))
    }
    if let features = statistics.features {
      facts += [
        ("vision encoder, SHA-256", features.encoder.description),
        ("images prepared by", features.preprocessing),
        (
          "features of an image",
          "\(features.tokens) × \(features.width) as \(features.storage), "
            + NumberText.bytes(features.bytes)
        ),
      ]
    }
    let folder = run.directory.path(RunDirectory.checkpoints)
    let names = (try? Directory.names(in: folder)) ?? []
    let checkpoints = names.filter { $0.hasPrefix("step-") }.sorted()
    if let last = checkpoints.last {
      facts.append(("checkpoints", "\(checkpoints.count), the last \(last)"))
    }
    var html = HTML(markup: "<dl class=\"facts\">\n")
    for (name, value) in facts {
      html.add(markup: "<div><dt>\(name)</dt><dd><bdi>\(HTML.escape(value))</bdi></dd></div>")
    }
    html.add(markup: "</dl>")
    return html
  }

  /// When the stages ended and how long they took, where the run has noted it.
  private static func stages(_ run: InspectedRun, _ statistics: Statistics) -> HTML {
    let times = StageName.allCases.compactMap { stage -> StageTime? in
      let path = run.directory.path(RunDirectory.time(stage))
      guard let bytes = try? FileSystem.read(path, limit: 1 << 16) else { return nil }
      return try? JSONDecoder().decode(StageTime.self, from: Data(bytes))
    }
    if times.isEmpty { return HTML() }
    var html = HTML()
    html.add("h3", "Times")
    html.add(
      DataTable(
        caption: "Times of the stages",
        columns: ["stage", "parts made", "of", "seconds", "ended"], numbers: [1, 2, 3],
        rows: times.map {
          [
            $0.stage.rawValue, NumberText.grouped($0.made), NumberText.grouped($0.partitions),
            NumberText.fixed($0.seconds, 1), $0.ended,
          ]
        }
      ).html)
    html.add(
      "p", class: "muted",
      "Each stage as it last made something; parts that were there already are not made.")
    return html
  }
}
