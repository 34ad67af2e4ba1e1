import Documents
import ExampleRuns
import Provenance
import TestSupport
import Testing

@testable import Inspection

@Suite struct FlowTests {
  @Test func aRunWithoutArchivesHasNoFlow() throws {
    let directory = TemporaryDirectory()
    let run = RunDescription(id: "x", format: 1, weft: "0", pipeline: "")
    let ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: run)
    let statistics = try Statistics(of: ledger)
    #expect(FlowNode.records(statistics) == nil && FlowNode.images(statistics) == nil)
    #expect(FlowFigures.make(statistics).markup.isEmpty)
  }

  @Test func reasonsBeyondTheFirstFewStandTogether() {
    var tally = Tally()
    for (place, count) in [5, 9, 1, 7, 2, 3].enumerated() {
      tally.drop(Reason.Code("reason\(place)"), count)
    }
    let nodes = FlowNode.dropped(tally)
    #expect(nodes.map(\.name) == ["reason1", "reason3", "reason0", "reason5", "2 other reasons"])
    #expect(nodes.map(\.count) == [9, 7, 5, 3, 3])
    let all = Tally(entered: 3, kept: 0, dropped: ["a": 1, "b": 1, "c": 1])
    #expect(FlowNode.dropped(all).map(\.name) == ["a", "b", "c"])
  }

  /// What leaves a block is what entered it: nothing is lost on the way.
  @Test func theFlowAddsUp() throws {
    let statistics = try Statistics(of: InspectedRun(example.get().path))
    let records = try #require(FlowNode.records(statistics))
    #expect(records.count == statistics.funnel[0].counts[.record].entered)
    func check(_ node: FlowNode) {
      for group in node.groups {
        #expect(group.reduce(0) { $0 + $1.count } == node.count, "\(node.name)")
        group.forEach(check)
      }
    }
    check(records)
    let drawing = FlowDrawing(records, title: "Flow").html.markup
    #expect(drawing.contains("24 pages") && drawing.contains("24 text"))
    #expect(!drawing.contains("nan") && !drawing.contains("inf"))
  }

  /// Any counts are drawn: none, and more of a part than of the whole.
  @Test(arguments: [[0, 0], [0, 5], [1, 1_000_000_000], [7, 7]])
  func anyCountsAreDrawn(counts: [Int]) {
    let inner = FlowNode(name: "<b>", count: counts[1], style: .text)
    let root = FlowNode(name: "all", count: counts[0], style: .ink, groups: [[inner]])
    let drawing = FlowDrawing(root, title: "Flow").html.markup
    #expect(!drawing.contains("nan") && !drawing.contains("inf") && !drawing.contains("<b>"))
  }
}
