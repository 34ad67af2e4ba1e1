internal import Documents
internal import Foundation
internal import Inspection

extension Viewer {
  /// After how many seconds the curves of a run that trains are drawn anew.
  private static let refreshSeconds = 10
  /// A log that was written to within so many seconds is one of a run that trains.
  private static let liveSeconds = 180.0

  /// The curves of training.
  func trainingPage(_ request: Request) throws -> Page {
    var page = Page("Training", in: .training)
    let path = run.directory.path(RunDirectory.metrics + "/metrics.jsonl")
    guard let section = TrainingSection.make(TrainingMetrics(path: path)) else {
      page.content.add(markup: "<p class=\"notice\">The run has no metrics of training yet.</p>")
      return page
    }
    if Self.isLive(path) {
      let isPaused = request.query["live"] == "no"
      page.refresh = isPaused ? nil : Self.refreshSeconds
      page.content.element("p", class: "notice") { html in
        html.add(
          "span",
          isPaused
            ? "The run trains; the curves stand still."
            : "The run trains; the curves are drawn anew every \(Self.refreshSeconds) seconds.")
        html.link(
          isPaused ? "Follow it" : "Hold still",
          to: isPaused ? Address("training") : Address("training").with("live", "no"))
      }
    }
    page.content.add("h2", "Curves")
    page.content.add(section.content)
    return page
  }

  private static func isLive(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let written = attributes?[.modificationDate] as? Date else { return false }
    return -written.timeIntervalSinceNow < liveSeconds
  }
}
