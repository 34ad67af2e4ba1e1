/// A pattern of keys with `*`, `?` and `[…]`, none of which stands for a slash.
public struct PathPattern: Sendable {
  private enum Part: Sendable {
    case literal(Character)
    case one
    case many
    case set([ClosedRange<Character>], isNegated: Bool)
  }

  private let parts: [Part]
  /// The text before the first wildcard: all that matches begins with it.
  public let prefix: String
  /// Whether there is any wildcard.
  public let isPattern: Bool

  /// Reads a pattern; a bracket that is never closed stands for itself.
  public init(_ text: String) {
    var parts: [Part] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "*":
        if case .many? = parts.last { continue }
        parts.append(.many)
      case "?": parts.append(.one)
      case "[": parts.append(Self.set(&rest) ?? .literal("["))
      default: parts.append(.literal(character))
      }
    }
    self.parts = parts
    var prefix = ""
    var isPattern = false
    for part in parts {
      guard case .literal(let character) = part else {
        isPattern = true
        break
      }
      prefix.append(character)
    }
    self.prefix = prefix
    self.isPattern = isPattern
  }

  /// Whether a key matches.
  ///
  /// - Complexity: O(*nm*) in the lengths of key and pattern, whatever the pattern.
  public func matches(_ key: String) -> Bool {
    let key = Array(key)
    var (at, part) = (0, 0)
    // Where the last star was met, to let it stand for one more character.
    var star: (part: Int, at: Int)?
    while at < key.count {
      if part < parts.count, case .many = parts[part] {
        star = (part, at)
        part += 1
      } else if part < parts.count, Self.matches(key[at], parts[part]) {
        at += 1
        part += 1
      } else if let last = star, key[last.at] != "/" {
        star = (last.part, last.at + 1)
        at = last.at + 1
        part = last.part + 1
      } else {
        return false
      }
    }
    while part < parts.count, case .many = parts[part] { part += 1 }
    return part == parts.count
  }

  private static func matches(_ character: Character, _ part: Part) -> Bool {
    switch part {
    case .literal(let wanted): character == wanted
    case .one: character != "/"
    case .many: false
    case .set(let ranges, let isNegated):
      character != "/" && ranges.contains { $0.contains(character) } != isNegated
    }
  }

  private static func set(_ rest: inout Substring) -> Part? {
    var inner = rest
    let isNegated = inner.first == "!" || inner.first == "^"
    if isNegated { inner = inner.dropFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let character = inner.popFirst() {
      if character == "]", !ranges.isEmpty {
        rest = inner
        return .set(ranges, isNegated: isNegated)
      }
      if inner.first == "-", let last = inner.dropFirst().first, last != "]" {
        inner = inner.dropFirst(2)
        if character <= last { ranges.append(character...last) }
      } else {
        ranges.append(character...character)
      }
    }
    return nil
  }
}
