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
    html.add(markup: "<figure>")
    html.add(losses)
    html.add(
      "figcaption",
      "Mean loss of each corpus in nats a target. Dots: the loss on held-out documents; dotted: "
        + "the loss of a unigram model on the same documents.")
    html.add(markup: "</figure>")
    html.add(table(metrics))
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
    var html = HTML(markup: "<div class=\"scroll\"><table>")
    html.add(
      markup:
        "<thead><tr><th scope=\"col\">corpus</th><th scope=\"col\" class=\"n\">first loss</th>"
        + "<th scope=\"col\" class=\"n\">last loss</th><th scope=\"col\" class=\"n\">held out</th>"
        + "<th scope=\"col\" class=\"n\">unigram model, held out</th></tr></thead>\n<tbody>")
    func text(_ value: Double?) -> String { value.map { NumberText.fixed($0, 3) } ?? "–" }
    for corpus in metrics.corpora {
      let points = metrics.losses[corpus] ?? []
      html.add(markup: "<tr><th scope=\"row\">\(corpus.rawValue)</th>")
      html.add("td", class: "n", text(points.first?.value))
      html.add("td", class: "n", text(points.last?.value))
      html.add("td", class: "n", text(metrics.validation[corpus]?.last?.value))
      html.add("td", class: "n", text(metrics.unigram[corpus]))
      html.add(markup: "</tr>")
    }
    html.add(markup: "</tbody></table></div>")
    return html
  }
}
