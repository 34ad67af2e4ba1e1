/// A piece of HTML: text goes in escaped, and only markup of this target goes in as it is.
package struct HTML: Sendable {
  /// The markup.
  package private(set) var markup: String

  /// No markup.
  package init() { markup = "" }

  /// Markup of this target's own; it must not hold text of pages.
  package init(markup: String) { self.markup = markup }

  /// Adds markup of this target's own.
  package mutating func add(markup: String) { self.markup += markup + "\n" }

  /// Adds a piece of HTML.
  package mutating func add(_ html: HTML) { markup += html.markup + "\n" }

  /// Adds an element with text in it.
  package mutating func add(_ name: String, class style: String? = nil, _ text: some StringProtocol)
  {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    markup += "<\(name)\(attribute)>\(Self.escape(text))</\(name)>\n"
  }

  /// Text that a parser reads as that very text, in an element or a quoted attribute.
  ///
  /// Pages are hostile: characters that HTML forbids become U+FFFD, and characters that reorder the
  /// text around them are shown as their code points.
  package static func escape(_ text: some StringProtocol) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": escaped.append(scalar)
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}":
        let code = String(scalar.value, radix: 16, uppercase: true)
        escaped.append(contentsOf: "[U+\(code)]".unicodeScalars)
      default: escaped.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(escaped)
  }

  /// Whether HTML lets a character stand in text (HTML Standard, §13.1.4 and §13.2.3.5).
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
