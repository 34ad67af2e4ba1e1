internal import Documents

/// How the model learned.
package enum TrainingSection {
  package static func make(_ metrics: TrainingMetrics) -> ReportSection? {
    let curves = metrics.corpora.map { corpus in
      CurveDrawing.Curve(
        name: corpus.rawValue, style: corpus.rawValue, points: metrics.losses[corpus] ?? [])
    }
    let held = metrics.corpora.map { corpus in
      CurveDrawing.Curve(
        style: corpus.rawValue, points: metrics.validation[corpus] ?? [], isMarked: true)
    }
    let all = curves + held + baselines(metrics)
    let drawing = CurveDrawing(title: "Training loss", curves: all, width: 1080, height: 380)
    guard let losses = drawing.html else { return nil }
    var html = HTML()
    html.add(
      markup: "<figure class=\"flow\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
        + "aria-label=\"Training loss\">")
    html.add(losses)
    html.add(markup: "</div>")
    html.add(
      "figcaption",
      "Mean loss of each corpus in nats a target. Dots: the loss on held-out documents; dotted: "
        + "the loss of a unigram model on the same documents.")
    html.add(markup: "</figure>")
    html.add(table(metrics))
    html.add(numbers(metrics))
    html.add(markup: "<div class=\"figures wide\">")
    let others = [
      ("Learning rate", metrics.learningRate), ("Norm of the gradients", metrics.gradientNorm),
      ("Tokens a second", metrics.speed),
    ]
    for (title, points) in others {
      let curve = CurveDrawing.Curve(style: "ink", points: points)
      let drawing = CurveDrawing(title: title, curves: [curve], width: 340, height: 190)
      guard let drawing = drawing.html else { continue }
      html.add(markup: "<figure class=\"small\">")
      html.add("h3", title)
      html.add(drawing)
      html.add(markup: "</figure>")
    }
    html.add(markup: "</div>")
    return ReportSection(id: "training", title: "Training", content: html)
  }

  /// The loss of the unigram models, as level lines over all steps.
  private static func baselines(_ metrics: TrainingMetrics) -> [CurveDrawing.Curve] {
    let steps = metrics.losses.values.joined().map(\.step) + metrics.learningRate.map(\.step)
    guard let first = steps.min(), let last = steps.max() else { return [] }
    return Corpus.allCases.compactMap { corpus in
      metrics.unigram[corpus].map { loss in
        CurveDrawing.Curve(
          style: corpus.rawValue + " baseline",
          points: [first, last].map { TrainingMetrics.Point(step: $0, value: loss) })
      }
    }
  }

  private static func table(_ metrics: TrainingMetrics) -> HTML {
    DataTable(
      caption: "Losses",
      columns: ["corpus", "first loss", "last loss", "held out", "unigram model, held out"],
      numbers: [1, 2, 3, 4],
      rows: metrics.corpora.map { corpus in
        let points = metrics.losses[corpus] ?? []
        return [
          corpus.rawValue, text(points.first?.value), text(points.last?.value),
          text(metrics.validation[corpus]?.last?.value), text(metrics.unigram[corpus]),
        ]
      }
    ).html
  }

  private static func text(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 3) } ?? "–"
  }

  /// The curves as numbers: the means of at most so many equal stretches.
  private static let stretches = 20

  private static func numbers(_ metrics: TrainingMetrics) -> HTML {
    let last = metrics.losses.values.joined().map(\.step).max() ?? 0
    let size = max(1, (last + stretches - 1) / stretches)
    let rows = stride(from: 1, through: last, by: size).map { start -> [String] in
      let steps = start...min(start + size - 1, last)
      func mean(_ points: [TrainingMetrics.Point]) -> String {
        let values = points.filter { steps.contains($0.step) }.map(\.value)
        return values.isEmpty ? "–" : text(values.reduce(0, +) / Double(values.count))
      }
      return [size == 1 ? "\(start)" : "\(steps.lowerBound) – \(steps.upperBound)"]
        + metrics.corpora.map { mean(metrics.losses[$0] ?? []) }
        + metrics.corpora.map { mean(metrics.validation[$0] ?? []) }
    }
    var html = HTML(markup: "<details><summary>Numbers</summary>\n")
    let names = metrics.corpora.map(\.rawValue)
    html.add(
      DataTable(
        caption: "Losses by step", columns: ["steps"] + names + names.map { $0 + ", held out" },
        numbers: Set(1...2 * max(1, names.count)), rows: rows
      ).html)
    html.add(markup: "</details>")
    return html
  }
}
