internal import Documents
internal import Inspection

extension HTML {
  /// Adds a link to a page of the viewer, its text isolated from the direction of the text around it.
  mutating func link(
    _ text: some StringProtocol, to address: Address, class style: String? = nil
  ) {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    add(
      markup: "<a href=\"\(Self.escape(address.text))\"\(attribute)>"
        + "<bdi>\(Self.escape(text))</bdi></a>")
  }

  /// Adds an element whose text may run in either direction.
  mutating func strange(
    _ name: String, class style: String? = nil, _ text: some StringProtocol
  ) {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    add(markup: "<\(name)\(attribute) dir=\"auto\">\(Self.escape(text))</\(name)>")
  }

  /// Adds a piece in an element.
  mutating func element(_ name: String, class style: String? = nil, _ content: (inout HTML) -> Void)
  {
    var inner = HTML()
    content(&inner)
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    add(markup: "<\(name)\(attribute)>\(inner.markup)</\(name)>")
  }

  /// Adds facts as names and values.
  mutating func facts(_ facts: [(name: String, value: String)]) {
    element("dl", class: "facts") { html in
      for fact in facts {
        html.add(markup: "<div>")
        html.add("dt", fact.name)
        html.strange("dd", fact.value)
        html.add(markup: "</div>")
      }
    }
  }

  /// Adds a table.
  ///
  /// - Parameters:
  ///   - names: The columns.
  ///   - numbers: The columns that hold numbers.
  ///   - rows: The cells, as HTML.
  mutating func table(_ names: [String], numbers: Set<Int> = [], rows: [[HTML]]) {
    let label = Self.escape("Table: " + names.joined(separator: ", "))
    add(
      markup: "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(label)\">"
        + "<table><thead><tr>")
    for (column, name) in names.enumerated() {
      let style = numbers.contains(column) ? " class=\"n\"" : ""
      add(markup: "<th scope=\"col\"\(style)>\(Self.escape(name))</th>")
    }
    add(markup: "</tr></thead><tbody>")
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        "<td class=\"\(numbers.contains(column) ? "n" : "wrap")\">\(cell.markup)</td>"
      }
      add(markup: "<tr>\(cells.joined())</tr>")
    }
    add(markup: "</tbody></table></div>")
  }

  /// A picture of an image, decoded and encoded anew by the viewer, that leads to the image's page.
  mutating func picture(_ digest: Digest, side: Int, alt: String) {
    let page = Address("images", digest.description)
    let source = Address(
      "images", digest.description, "picture", query: [("side", String(side))])
    let words = alt.isEmpty ? "image \(digest.description.prefix(12))" : String(alt.prefix(240))
    add(
      markup: "<a class=\"picture-link\" href=\"\(Self.escape(page.text))\">"
        + "<img src=\"\(Self.escape(source.text))\" alt=\"\(Self.escape(words))\" "
        + "loading=\"lazy\" decoding=\"async\"></a>")
  }

  /// A text as a cell of a table.
  static func text(_ text: some StringProtocol) -> HTML {
    HTML(markup: "<bdi>\(escape(text))</bdi>")
  }

  /// A link as a cell of a table.
  static func link(_ text: some StringProtocol, to address: Address) -> HTML {
    var html = HTML()
    html.link(text, to: address)
    return html
  }
}
