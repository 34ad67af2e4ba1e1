/// A drawing in SVG whose colours come from the report's style sheet by class.
struct SVG {
  private let width: Double
  private let height: Double
  private let title: String
  private let text: String
  private var content = ""

  /// Begins a drawing; `text` says in words what it shows.
  init(width: Double, height: Double, title: String, text: String) {
    self.width = width
    self.height = height
    self.title = title
    self.text = text
  }

  /// Where a label stands from its point.
  enum Anchor: String { case start, middle, end }

  /// Adds a rectangle, with a text that is shown when it is pointed at.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, radius: Double = 0, class style: String,
    title: String? = nil
  ) {
    content += "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(max(0, width)))\""
    content += " height=\"\(n(max(0, height)))\" rx=\"\(n(radius))\" class=\"\(style)\""
    content += title.map { "><title>\(HTML.escape($0))</title></rect>" } ?? "/>"
    content += "\n"
  }

  /// Adds a label.
  mutating func label(
    _ text: String, x: Double, y: Double, _ anchor: Anchor = .start, class style: String
  ) {
    content += "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor.rawValue)\""
    content += " class=\"\(style)\">\(HTML.escape(text))</text>\n"
  }

  /// Adds a line from point to point.
  mutating func line(_ points: [(x: Double, y: Double)], class style: String) {
    let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    content += "<polyline points=\"\(list)\" class=\"\(style)\"/>\n"
  }

  /// Adds a dot.
  mutating func dot(
    x: Double, y: Double, radius: Double, class style: String, title: String
  ) {
    content += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" class=\"\(style)\">"
    content += "<title>\(HTML.escape(title))</title></circle>\n"
  }

  /// Adds a ribbon that leaves one upright edge and arrives at another.
  mutating func ribbon(
    from start: (x: Double, y: ClosedRange<Double>), to end: (x: Double, y: ClosedRange<Double>),
    class style: String, title: String
  ) {
    let middle = (start.x + end.x) / 2
    let upper =
      "M\(n(start.x)) \(n(start.y.lowerBound))C\(n(middle)) \(n(start.y.lowerBound))"
      + " \(n(middle)) \(n(end.y.lowerBound)) \(n(end.x)) \(n(end.y.lowerBound))"
    let lower =
      "L\(n(end.x)) \(n(end.y.upperBound))C\(n(middle)) \(n(end.y.upperBound))"
      + " \(n(middle)) \(n(start.y.upperBound)) \(n(start.x)) \(n(start.y.upperBound))Z"
    content += "<path d=\"\(upper)\(lower)\" class=\"\(style)\">"
    content += "<title>\(HTML.escape(title))</title></path>\n"
  }

  /// The drawing as HTML.
  var html: HTML {
    HTML(
      markup: "<svg viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" "
        + "aria-label=\"\(HTML.escape(title))\">\n<title>\(HTML.escape(title))</title>\n"
        + "<desc>\(HTML.escape(text))</desc>\n\(content)</svg>")
  }

  /// A number with at most one decimal.
  private func n(_ number: Double) -> String {
    let text = NumberText.fixed(number, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
