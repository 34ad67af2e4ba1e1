internal import Provenance

/// Groups of documents as a table for a terminal.
enum GroupTable {
  /// The heading and the table; nothing without groups.
  ///
  /// - Parameters:
  ///   - corpora: Whether what the corpora have of each group is counted too.
  ///   - note: What is said beside the heading.
  static func lines(
    _ heading: String, _ groups: [DocumentGroup], _ style: TextStyle, corpora: Bool = true,
    note: String = ""
  ) -> [String] {
    if groups.isEmpty { return [] }
    let columns = corpora ? 6 : 3
    var table = TextTable([.left] + Array(repeating: .right, count: columns - 1))
    let names = ["documents", "characters", "interleaved", "text", "pairs"]
    table.add(row: [""] + names.prefix(columns - 1))
    for group in groups {
      let numbers = [
        group.documents, group.characters, group.interleaved, group.texts, group.pairs,
      ]
      table.add(row: [name(group, style)] + numbers.prefix(columns - 1).map(NumberText.grouped))
    }
    return ["", style.paint(heading, .heading) + note] + table.lines.map { "  " + $0 }
  }

  private static func name(_ group: DocumentGroup, _ style: TextStyle) -> String {
    group.value.isEmpty ? "unknown" : VisibleText.of(group.value, width: max(12, style.width - 60))
  }
}
