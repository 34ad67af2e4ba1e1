internal import Compression
public import Documents
public import Provenance
internal import Storage

/// Things that a run dropped for one reason, with what they were.
public struct DroppedExamples: Hashable, Sendable, Codable {
  /// One of them.
  public struct Example: Hashable, Sendable, Codable {
    /// The stage that dropped it.
    public var stage: StageName
    /// What kind of thing it was, its place, and why it was dropped.
    public var decision: DecisionRow
    /// The URL of its page, or of the image that it was.
    public var url: String?
    /// Its text, or the beginning of its document's; the caption of an image.
    public var text: String?
  }

  /// The code of the reason.
  public var reason: String
  /// How many were dropped for it, at all stages.
  public var count: Int
  /// Some of them, drawn by the seed.
  public var examples: [Example]
}

extension InspectedRun {
  /// Examples of what was dropped for a reason.
  ///
  /// - Parameters:
  ///   - reason: The code, such as `tooFewWords`.
  ///   - count: The most examples.
  ///   - seed: Draws them.
  /// - Throws: ``InspectionError`` where nothing was dropped for it, naming what was.
  public func dropped(
    _ reason: Reason.Code, count: Int, seed: UInt64 = 0
  ) throws -> DroppedExamples {
    let (all, decisions) = try ledger.sampleDecisions(reason: reason, count: count, seed: seed)
    guard all > 0 else { throw try nothingDropped(reason) }
    return DroppedExamples(
      reason: reason.rawValue, count: all, examples: try examples(decisions))
  }

  /// What was dropped by decisions, each part of the documents read once.
  func examples(_ decisions: [StageDecision]) throws -> [DroppedExamples.Example] {
    let documents = try documents(of: decisions)
    return try decisions.map { try example($0, documents) }
  }

  private func nothingDropped(_ reason: Reason.Code) throws -> InspectionError {
    let funnel = try ledger.funnel()
    for stage in funnel {
      for (unit, tally) in stage.counts.ordered {
        guard let count = tally.dropped[reason.rawValue] else { continue }
        return InspectionError(
          .notFound,
          "stage \(stage.stage.rawValue) counts \(NumberText.grouped(count)) \(unit.words) for "
            + "'\(reason.rawValue)' and takes no decision on each: "
            + (unit == .personalData
              ? "they are masked in their texts, which stay"
              : "`weft serve` lists records, each with its reason, under /reasons/\(reason.rawValue)")
        )
      }
    }
    let codes = Set(funnel.flatMap { $0.counts.tallies.values.flatMap(\.dropped.keys) })
    return InspectionError(
      .notFound,
      "nothing was dropped for '\(reason.rawValue)'; this run has "
        + (codes.isEmpty ? "dropped nothing" : codes.sorted().joined(separator: ", ")))
  }

  /// The documents that decisions are about, each read from its part once.
  private func documents(
    of decisions: [StageDecision]
  ) throws -> [DocumentID: InterleavedDocument] {
    var wanted: [Int: Set<DocumentID>] = [:]
    for decision in decisions {
      guard case .record(let id) = decision.decision.subject,
        let part = try ledger.documentPartition(id)
      else { continue }
      wanted[part, default: []].insert(id)
    }
    var found: [DocumentID: InterleavedDocument] = [:]
    for (part, ids) in wanted.sorted(by: { $0.key < $1.key }) {
      let path = directory.path(RunDirectory.documents(part))
      // Without its documents a run still tells what it dropped and why.
      guard FileSystem.isFile(path) else { continue }
      var reader = try JSONLinesReader<InterleavedDocument>(path: path)
      var rest = ids
      while !rest.isEmpty, let document = try reader.next() {
        if rest.remove(document.id) != nil { found[document.id] = document }
      }
    }
    return found
  }

  private func example(
    _ found: StageDecision, _ documents: [DocumentID: InterleavedDocument]
  ) throws -> DroppedExamples.Example {
    var example = DroppedExamples.Example(
      stage: found.stage, decision: found.decision, url: nil, text: nil)
    switch found.decision.subject {
    case .image(let digest): example.url = try ledger.images(digest: digest, limit: 1).first?.url
    case .record(let id):
      example.url = try ledger.record(id)?.url
      if let document = documents[id] { example.describe(in: document) }
    }
    return example
  }
}

extension DroppedExamples.Example {
  /// Takes URL and text from the document, by the place of what was dropped.
  fileprivate mutating func describe(in document: InterleavedDocument) {
    url = document.url
    let images = document.images
    switch decision.unit {
    case .image, .pair, .imageURL:
      guard let place = decision.place, images.indices.contains(place) else { return }
      // A duplicate block that was taken out before moves the places of blocks, not those of images.
      url = images[place].url
      text = images[place].caption ?? images[place].alt
    case .node:
      let node = document.nodes.first { $0.path == decision.path }
      if case .text(let block)? = node { text = block.text }
    default: text = document.text
    }
  }
}
