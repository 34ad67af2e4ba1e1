/// A request for a page: what the viewer needs of an HTTP/1.1 message.
public struct Request: Hashable, Sendable {
  /// The methods that the viewer knows.
  public enum Method: String, Hashable, Sendable {
    /// The page.
    case get = "GET"
    /// The page's head alone.
    case head = "HEAD"
  }

  /// The method; `nil` for all others.
  public var method: Method?
  /// The path's components, decoded.
  public var path: [String]
  /// The parameters of the query, decoded; the first of a name counts.
  public var query: [String: String]
  /// The value of `Host`, in lower case.
  public var host: String
  /// Whether the request announces a body.
  public var hasBody: Bool

  /// A number of the query; `nil` where it is none of at most nine digits.
  func number(_ name: String) -> Int? {
    query[name].flatMap { $0.count <= 9 && $0.allSatisfy(\.isASCII) ? Int($0) : nil }
      .flatMap { $0 >= 0 ? $0 : nil }
  }

  /// A text of the query without white space around it; `nil` where there is none.
  func text(_ name: String) -> String? {
    let text = query[name]?.trimmed.prefix(Self.textLimit).description
    return text?.isEmpty == false ? text : nil
  }

  /// The longest text of a query that is looked for, in characters.
  private static let textLimit = 2000
}

extension String {
  /// The text without white space around it.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
