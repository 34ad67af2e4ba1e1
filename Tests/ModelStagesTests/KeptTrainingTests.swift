import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import ModelStages
@testable import Pipelines

/// Which checkpoints a training goes on from whose run is in a store.
struct KeptTrainingTests {
  /// A machine that trains: its mirror of the run.
  private struct Machine {
    let context: RunContext
    private let mirror: RunMirror

    init(_ store: DirectoryStore, _ directory: String) throws {
      mirror = try RunMirror(store, directory: RunDirectory(directory), takingOver: true)
      context = try RunContext(
        configuration: PipelineConfiguration(), directory: RunDirectory(directory), crawl: [],
        ledger: nil, retriesFetches: false, mirror: mirror)
    }

    func write(step: Int, of key: String) throws {
      let root = context.directory
      try AtomicFile.write(key, to: root.path(EarlierTraining.keyFile))
      try AtomicFile.write(
        "\(key) \(step)", to: root.path("checkpoints/step-000\(step)/state.json"))
      try AtomicFile.write("to \(step)", to: root.path("metrics/metrics.jsonl"))
    }

    /// The last checkpoint that is here, and where the metrics end.
    func state() throws -> [String] {
      let steps = try Directory.names(in: context.directory.path("checkpoints")).sorted()
        .filter { $0.hasPrefix("step-") }
      let metrics = try FileSystem.readText(context.directory.path("metrics/metrics.jsonl"))
      return [steps.last ?? "", metrics]
    }
  }

  private let place = TemporaryDirectory()
  private var store: DirectoryStore { DirectoryStore(place.file("store")) }

  @Test(
    arguments: [
      // What is kept, what is here, and what is gone on from.
      (("a", 300), ("a", 100), 300), (("a", 300), ("a", 300), 300), (("a", 300), ("a", 400), 400),
      (("a", 300), ("b", 400), 300), (("a", 300), nil, 300),
    ] as [((String, Int), (String, Int)?, Int)])
  func theFurthestOfTheTrainingIsTaken(
    kept: (String, Int), here: (String, Int)?, expected: Int
  ) throws {
    let first = try Machine(store, place.file("first"))
    try first.write(step: kept.1, of: kept.0)
    try KeptTraining(run: first.context).keep()
    let second = try Machine(store, place.file("second"))
    if let here { try second.write(step: here.1, of: here.0) }
    try KeptTraining(run: second.context).bring()
    #expect(try second.state() == ["step-000\(expected)", "to \(expected)"])
  }

  @Test func whatWasSetAsideIsKeptToo() throws {
    let first = try Machine(store, place.file("first"))
    try first.write(step: 300, of: "a")
    try KeptTraining(run: first.context).keep()
    try FileSystem.rename(
      first.context.directory.path("checkpoints"), to: first.context.directory.path("checkpoints-a")
    )
    try first.write(step: 100, of: "b")
    try KeptTraining(run: first.context).keep()
    let second = try Machine(store, place.file("second"))
    try KeptTraining(run: second.context).bring()
    #expect(try second.state() == ["step-000100", "to 100"])
    let kept = try second.context.kept(of: .train).map(\.path)
    #expect(kept.contains("checkpoints-a/step-000300/state.json"))
  }
}
