public import Documents
internal import Provenance

/// The largest clusters of duplicates of a run.
public struct DuplicatesView: Hashable, Sendable, Codable {
  /// A page of a cluster.
  public struct Member: Hashable, Sendable, Codable {
    /// The document's identity.
    public var document: DocumentID
    /// Its URL.
    public var url: String
    /// Its title.
    public var title: String?
    /// Why it goes no further; `nil` for the one that stays.
    public var reason: String?
    /// How similar it is to another of the cluster, from 0 to 1, where that was measured.
    public var similarity: Double?
  }

  /// Documents that are duplicates of each other.
  public struct Cluster: Hashable, Sendable, Codable {
    /// The document that stays; its identity is that of the cluster.
    public var representative: Member
    /// How many others there are.
    public var count: Int
    /// The first of the others.
    public var dropped: [Member]
  }

  /// How many clusters the run has.
  public var count: Int
  /// How many documents were dropped for another of their cluster.
  public var dropped: Int
  /// The largest clusters, the largest first.
  public var clusters: [Cluster]
}

extension InspectedRun {
  /// A stretch of the clusters of duplicates, the largest first.
  ///
  /// - Parameter members: How many of each cluster's dropped documents are given.
  /// - Throws: `LedgerError` where the ledger cannot be read.
  public func duplicates(
    limit: Int = 20, offset: Int = 0, members: Int = 100
  ) throws -> DuplicatesView {
    let (count, dropped) = try ledger.duplicateCounts()
    let found = try ledger.duplicateClusters(limit: limit, offset: offset, members: members)
    let clusters = try found.map { cluster in
      DuplicatesView.Cluster(
        representative: try member(cluster.representative, nil), count: cluster.count,
        dropped: try cluster.dropped.compactMap { decision in
          guard case .record(let id) = decision.subject else { return nil }
          return try member(id, decision.reason)
        })
    }
    return DuplicatesView(count: count, dropped: dropped, clusters: clusters)
  }

  private func member(_ id: DocumentID, _ reason: Reason?) throws -> DuplicatesView.Member {
    let row = try ledger.document(id)
    return .init(
      document: id, url: row?.url ?? "", title: row?.title, reason: reason?.code.rawValue,
      similarity: reason?.measured)
  }
}

extension DuplicatesView {
  /// The clusters as text for a terminal: the document that stays, and under it the others.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      "\(NumberText.grouped(dropped)) documents dropped for another of their cluster, in "
        + "\(NumberText.grouped(count)) clusters"
        + (clusters.count < count ? "; the \(clusters.count) largest:" : ":")
    ]
    for cluster in clusters {
      lines += [
        "",
        style.paint(VisibleText.of(cluster.representative.url, width: style.width), .accent),
        "  \(cluster.representative.document)  stays",
      ]
      for member in cluster.dropped {
        let similarity = member.similarity.map { " \(($0 * 1000).rounded() / 1000)" } ?? ""
        lines.append("  \(member.document)  \(member.reason ?? "")\(similarity)")
        lines.append("    " + VisibleText.of(member.url, width: style.width - 4))
      }
      let rest = cluster.count - cluster.dropped.count
      if rest > 0 { lines.append("  and \(NumberText.grouped(rest)) more") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
