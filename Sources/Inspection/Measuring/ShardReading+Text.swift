extension ShardReading {
  /// What was read and how fast, as text for a terminal.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var table = TextTable([.left, .right, .right, .right, .right, .right])
    table.add("", "sequences", "tokens", "images", "MB", "seconds")
    table.add(
      "read", NumberText.grouped(sequences), NumberText.grouped(tokens),
      NumberText.grouped(images), NumberText.fixed(Double(bytes) / 1e6, 1),
      NumberText.fixed(seconds, 2))
    func rate(_ count: Int) -> Double { seconds > 0 ? Double(count) / seconds : 0 }
    table.add(
      "a second", NumberText.grouped(Int(rate(sequences))), NumberText.grouped(Int(rate(tokens))),
      NumberText.grouped(Int(rate(images))), NumberText.fixed(rate(bytes) / 1e6, 1))
    return table.lines.joined(separator: "\n") + "\n"
  }
}
