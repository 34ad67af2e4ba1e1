/// How text for a terminal is drawn.
public struct TextStyle: Hashable, Sendable {
  /// The number of columns.
  public var width: Int
  /// Whether ANSI colours are used.
  public var isColoured: Bool

  /// Makes a style; fewer than 40 columns count as 40.
  public init(width: Int = 100, isColoured: Bool = false) {
    self.width = max(width, 40)
    self.isColoured = isColoured
  }

  /// What a stretch of text is.
  enum Role: String {
    case plain = "0"
    case heading = "1"
    case muted = "2"
    case kept = "32"
    case dropped = "33"
    case faulty = "31"
    case accent = "36"
  }

  /// Text in the colour of its role.
  func paint(_ text: String, _ role: Role) -> String {
    isColoured && role != .plain && !text.isEmpty
      ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
