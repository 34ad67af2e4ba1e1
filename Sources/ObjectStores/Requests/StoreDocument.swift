/// A document of XML as stores send it: elements and text, nothing else.
///
/// What stores do not send is refused: document types, processing instructions but the first, entities but the
/// five of XML and character references, and elements that nest too deep. Attributes are passed over.
struct StoreDocument {
  /// An element with its text or its children.
  final class Element {
    let name: String
    fileprivate(set) var text = ""
    fileprivate(set) var children: [Element] = []

    init(name: String) { self.name = name }

    /// The first child of a name.
    func child(_ name: String) -> Element? { children.first { $0.name == name } }

    /// The text of the first child of a name.
    func text(_ name: String) -> String? { child(name)?.text }
  }

  /// The outermost element.
  let root: Element

  private static let maximumDepth = 16

  /// Reads a document; `nil` where it is none, or is not as stores write it.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var reader = Reader(rest: text.utf8[...])
    guard let root = reader.document(Self.maximumDepth) else { return nil }
    self.root = root
  }

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func document(_ maximumDepth: Int) -> Element? {
      skip("\u{FEFF}")
      skipSpace()
      if rest.starts(with: "<?xml".utf8), upTo("?>") == nil { return nil }
      skipSpace()
      var open: [Element] = []
      while let byte = rest.first {
        guard byte == UInt8(ascii: "<") else {
          guard let element = open.last, let text = text() else { return nil }
          element.text += text
          continue
        }
        guard let tag = tag() else { return nil }
        if tag.closes {
          guard let element = open.popLast(), element.name == tag.name else { return nil }
          if open.isEmpty {
            skipSpace()
            return rest.isEmpty ? element : nil
          }
          continue
        }
        let element = Element(name: tag.name)
        open.last?.children.append(element)
        if !tag.isEmpty { open.append(element) } else if open.isEmpty { return element }
        if open.count > maximumDepth { return nil }
      }
      return nil
    }

    private mutating func tag() -> (name: String, closes: Bool, isEmpty: Bool)? {
      rest.removeFirst()
      let closes = rest.first == UInt8(ascii: "/")
      if closes { rest.removeFirst() }
      guard var inner = upTo(">") else { return nil }
      let isEmpty = inner.hasSuffix("/")
      if isEmpty { inner.removeLast() }
      let name = String(inner.prefix { !$0.isWhitespace })
      guard let first = name.unicodeScalars.first, first.properties.isAlphabetic || first == "_",
        !(closes && isEmpty)
      else { return nil }
      // A prefix names the space of the name, of which there is only one.
      return (name.split(separator: ":").last.map(String.init) ?? name, closes, isEmpty)
    }

    private mutating func text() -> String? {
      let end = rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
      var raw = Substring(rest[..<end])
      rest = rest[end...]
      guard raw.contains("&") else { return String(raw) }
      var text = ""
      while let sign = raw.firstIndex(of: "&") {
        text += raw[..<sign]
        raw = raw[raw.index(after: sign)...]
        guard let end = raw.prefix(12).firstIndex(of: ";"),
          let scalar = Self.scalar(raw[..<end])
        else { return nil }
        text.unicodeScalars.append(scalar)
        raw = raw[raw.index(after: end)...]
      }
      return text + raw
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
      switch name {
      case "amp": return "&"
      case "lt": return "<"
      case "gt": return ">"
      case "quot": return "\""
      case "apos": return "'"
      default:
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x")
        let value = UInt32(
          isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
        return value.flatMap(Unicode.Scalar.init)
      }
    }

    private mutating func skipSpace() {
      while let byte = rest.first, byte == 0x20 || 0x09...0x0d ~= byte { rest.removeFirst() }
    }

    private mutating func skip(_ text: String) {
      if rest.starts(with: text.utf8) { rest = rest.dropFirst(text.utf8.count) }
    }

    /// The text up to a mark, which is passed over too.
    private mutating func upTo(_ mark: String) -> String? {
      let mark = Array(mark.utf8)
      guard let last = mark.last else { return nil }
      var end = rest.startIndex
      while let found = rest[end...].firstIndex(of: last) {
        let next = rest.index(after: found)
        let taken = rest[..<next]
        if taken.count >= mark.count, taken.suffix(mark.count).elementsEqual(mark) {
          rest = rest[next...]
          return String(Substring(taken.dropLast(mark.count)))
        }
        end = next
      }
      return nil
    }
  }
}
