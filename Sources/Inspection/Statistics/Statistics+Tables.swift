internal import Documents
internal import Provenance

/// The tables below the funnel; numbers are shortened where a table would be wider than the terminal.
extension Statistics {
  func corpusLines(_ style: TextStyle) -> [String] {
    Self.fitting(style) { number in
      var table = TextTable([.left] + Array(repeating: .right, count: 5))
      table.add("", "documents", "images", "characters", "tokens", "held out")
      for corpus in corpora {
        let numbers = [
          corpus.documents, corpus.images, corpus.characters, corpus.train.tokens,
          corpus.validation.tokens,
        ]
        table.add(row: [corpus.corpus.rawValue] + numbers.map(number))
      }
      return table
    }
  }

  func duplicateLines(_ style: TextStyle) -> [String] {
    if duplicates.isEmpty { return [] }
    var table = TextTable([.left, .left, .left, .right, .right])
    table.add("", "stage", "reason", "dropped", "of all")
    for count in duplicates {
      table.add(
        count.unit.words, count.stage.rawValue, VisibleText.of(count.reason, width: 24),
        NumberText.grouped(count.dropped),
        NumberText.percent(count.dropped, of: count.entered))
    }
    return ["", style.paint("duplicates", .heading)] + table.lines.map { "  " + $0 }
  }

  var domainNote: String {
    if domainCount <= domains.count { return "" }
    let isAll = domainCount < Self.countLimit
    return ", the largest \(domains.count) of \(isAll ? "" : "more than ")"
      + NumberText.grouped(domainCount)
  }

  func shardLines(_ style: TextStyle) -> [String] {
    if shards.isEmpty { return [] }
    let lines = Self.fitting(style) { number in
      var table = TextTable([.left, .left] + Array(repeating: .right, count: 6))
      table.add("", "for", "shards", "sequences", "tokens", "images", "size", "each")
      for corpus in corpora {
        for (name, totals) in [("train", corpus.train), ("held out", corpus.validation)]
        where totals.shards > 0 {
          let numbers = [totals.shards, totals.sequences, totals.tokens, totals.images]
          table.add(
            row: [corpus.corpus.rawValue, name] + numbers.map(number) + [
              NumberText.bytes(totals.bytes),
              NumberText.bytes(totals.bytes / Int64(totals.shards)),
            ])
        }
      }
      return table
    }
    return ["", style.paint("shards", .heading)] + lines
  }

  func packingLines(_ style: TextStyle) -> [String] {
    if packing.isEmpty { return [] }
    let lines = Self.fitting(style) { number in
      var table = TextTable([.left] + Array(repeating: .right, count: 5))
      table.add("", "sequences", "mean tokens", "at most", "padding if filled", "in training")
      for corpus in packing {
        let mean = Double(corpus.tokens) / Double(max(1, corpus.sequences))
        table.add(
          corpus.corpus.rawValue, number(corpus.sequences), NumberText.fixed(mean, 1),
          number(corpus.maximumLength), Self.percent(corpus.paddingShare),
          corpus.trainingPaddingShare.map(Self.percent) ?? "–")
      }
      return table
    }
    return ["", style.paint("packing of the sequences that are trained on", .heading)] + lines
  }

  func featureLines(_ style: TextStyle) -> [String] {
    guard let features else { return [] }
    var table = TextTable([.left, .left])
    table.add("images", NumberText.grouped(features.images))
    table.add(
      "of each",
      "\(features.tokens) × \(features.width) numbers as \(features.storage), "
        + NumberText.bytes(features.bytes))
    if let mean = features.meanMagnitude {
      table.add("root mean square", NumberText.fixed(mean, 3) + " in the mean of the images")
    }
    table.add(
      "encoder",
      "\(features.encoder.description.prefix(16))…, images prepared by "
        + VisibleText.of(features.preprocessing, width: max(12, style.width - 60)))
    return ["", style.paint("features", .heading)] + table.lines.map { "  " + $0 }
  }

  private static func fitting(
    _ style: TextStyle, _ table: ((Int) -> String) -> TextTable
  ) -> [String] {
    let whole = table(NumberText.grouped)
    let fits = whole.width + 2 <= style.width
    return (fits ? whole : table(NumberText.short)).lines.map { "  " + $0 }
  }

  private static func percent(_ share: Double) -> String {
    NumberText.fixed(share * 100, 1) + " %"
  }
}
