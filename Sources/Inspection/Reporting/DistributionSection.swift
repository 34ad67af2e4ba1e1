internal import Documents
internal import Provenance

/// How long documents are, how large images, and so on.
enum DistributionSection {
  static func make(_ statistics: Statistics) -> ReportSection? {
    if statistics.histograms.isEmpty { return nil }
    var html = HTML()
    let groups: [(title: String, metrics: [Histogram.Metric])] = [
      (
        "Documents and captions",
        [
          .documentCharacters, .interleavedCharacters, .textCharacters, .interleavedImages,
          .captionCharacters, .instructionCharacters,
        ]
      ),
      ("Images", [.imageWidth, .imageHeight, .imageBytes, .featureMagnitude]),
      ("Packed sequences", Corpus.allCases.flatMap { [.positions($0), .unused($0)] }),
    ]
    for group in groups {
      let histograms = group.metrics.compactMap { metric in
        statistics.histograms.first { $0.metric == metric }
      }
      if histograms.isEmpty { continue }
      html.add("h3", group.title)
      html.add(markup: "<div class=\"figures\">")
      for histogram in histograms { html.add(HistogramDrawing(histogram: histogram).html) }
      html.add(markup: "</div>")
    }
    html.add(packing(statistics))
    return ReportSection(id: "distributions", title: "Distributions", content: html)
  }

  private static func packing(_ statistics: Statistics) -> HTML {
    if statistics.packing.isEmpty { return HTML() }
    func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 1) + " %" }
    return DataTable(
      caption: "How well sequences are filled",
      columns: [
        "corpus", "sequences trained on", "mean tokens", "most tokens",
        "padding, if all were filled",
        "padding in training",
      ], numbers: [1, 2, 3, 4, 5],
      rows: statistics.packing.map {
        [
          $0.corpus.rawValue, NumberText.grouped($0.sequences),
          NumberText.fixed(Double($0.tokens) / Double(max(1, $0.sequences)), 1),
          NumberText.grouped($0.maximumLength), percent($0.paddingShare),
          $0.trainingPaddingShare.map(percent) ?? "–",
        ]
      }
    ).html
  }
}
