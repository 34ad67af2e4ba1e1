extension Verification {
  /// What was checked and found, as text for a terminal.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines: [String] = []
    for check in Finding.Check.allCases where checked[check.rawValue] != nil {
      let findings = findings.filter { $0.check == check }
      let count = NumberText.grouped(checked[check.rawValue] ?? 0)
      let verdict =
        findings.isEmpty
        ? style.paint("sound", .kept)
        : style.paint("\(NumberText.grouped(findings.count)) wrong", .faulty)
      lines.append(
        check.rawValue.padded(to: 12) + count.leftPadded(to: 10) + " \(check.words)  " + verdict)
    }
    for finding in findings {
      lines += [
        "",
        style.paint("\(finding.check.rawValue): \(VisibleText.of(finding.subject))", .heading),
        "  " + VisibleText.of(finding.message),
        style.paint("  \(VisibleText.of(finding.remedy))", .muted),
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Finding.Check {
  /// What the check counts, in words as wide as one another.
  fileprivate var words: String {
    switch self {
    case .files: "files    "
    case .counts: "tallies  "
    case .references: "relations"
    case .shards: "shards   "
    case .lineage: "tokens   "
    case .forgotten: "things   "
    }
  }
}
