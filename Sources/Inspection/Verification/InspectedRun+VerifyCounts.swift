internal import Documents
internal import Provenance

extension InspectedRun {
  /// Checks that each stage's counts add up, and that what one hands on is what is there.
  func verifyCounts(_ verification: inout Verification) throws {
    let funnel = try ledger.funnel()
    for stage in funnel {
      for (unit, tally) in stage.counts.ordered {
        verification.count(.counts)
        if !tally.isBalanced {
          let dropped = tally.dropped.values.reduce(0, +)
          verification.find(
            .counts, "\(stage.stage.rawValue), \(unit.words)",
            "\(tally.entered) entered, but \(tally.kept) went on and \(dropped) were dropped")
        }
      }
    }
    var counts: [StageName: StageCounts] = [:]
    for stage in funnel { counts[stage.stage] = stage.counts }
    for handOver in try handOvers(counts) {
      verification.count(.counts)
      if handOver.given != handOver.taken {
        verification.find(
          .counts, handOver.what, "\(handOver.given) against \(handOver.taken)")
      }
    }
  }

  private struct HandOver {
    var what: String
    var given: Int
    var taken: Int
  }

  /// Pairs of numbers that must be equal, of the stages that have run.
  private func handOvers(_ counts: [StageName: StageCounts]) throws -> [HandOver] {
    let rows = try ledger.rowCounts()
    let corpora = try ledger.corpora()
    var list: [HandOver] = []
    func add(_ what: String, _ given: Int?, _ taken: Int?) {
      if let given, let taken { list.append(HandOver(what: what, given: given, taken: taken)) }
    }
    let read = counts[.read]
    let extract = counts[.extract]
    let curate = counts[.curate]
    add("records read, and records in the ledger", read?[.record].entered, rows.records)
    add(
      "records that read kept, and pages, images and redirects in the ledger",
      read?[.record].kept, rows.pages + rows.imageResponses + rows.redirects)
    add("pages in the ledger, and pages that extract took", rows.pages, extract?[.page].entered)
    add(
      "pages that extract kept, and documents in the ledger",
      extract?[.page].kept, rows.documents)
    add(
      "image responses in the ledger, and those that images took",
      rows.imageResponses, counts[.images]?[.imageResponse].entered)
    let deduplicate = counts[.deduplicate]
    add(
      "documents in the ledger, and pages that deduplicate took",
      rows.documents, deduplicate?[.page].entered)
    for unit in [StageCounts.Unit.interleaved, .text] {
      add(
        "documents that are no duplicates, and \(unit.words) that curate took",
        deduplicate?[.page].kept ?? rows.documents, curate?[unit].entered)
    }
    add(
      "instructions that were kept, and those in the ledger",
      counts[.instructions]?[.instruction].kept,
      corpora.first { $0.corpus == .instructions }?.documents ?? 0)
    for corpus in corpora {
      let unit = corpus.corpus.unit
      add(
        "\(unit.words) that curate kept, and those in the ledger",
        curate?[unit].kept, corpus.documents)
      add(
        "\(unit.words) in the ledger, and those that tokenize took",
        corpus.documents, counts[.tokenize]?[unit].entered)
    }
    return list
  }
}

extension Corpus {
  /// What the corpus's documents are counted as.
  var unit: StageCounts.Unit {
    switch self {
    case .interleaved: .interleaved
    case .pairs: .pair
    case .text: .text
    case .instructions: .instruction
    }
  }
}
