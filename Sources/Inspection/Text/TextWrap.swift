/// Text in lines of a terminal's width, broken at spaces where it has any.
enum TextWrap {
  /// The lines of a text, each made safe to print.
  static func lines(of text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      wrapped(line, width: max(width, 8))
    }
  }

  private static func wrapped(_ line: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    var used = 0
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      var rest = VisibleText.of(word)
      var columns = VisibleText.columns(of: rest)
      if used > 0 && used + 1 + columns > width {
        lines.append(current)
        (current, used) = ("", 0)
      }
      // A word wider than the line is cut where the line ends.
      while columns > width {
        let head = VisibleText.prefix(of: rest, columns: width)
        lines.append(String(rest[..<head]))
        rest = String(rest[head...])
        columns = VisibleText.columns(of: rest)
      }
      current += (used > 0 ? " " : "") + rest
      used += (used > 0 ? 1 : 0) + columns
    }
    return lines + [current]
  }
}
