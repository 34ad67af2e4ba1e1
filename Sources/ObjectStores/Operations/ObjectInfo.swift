internal import HTTPExchanges

/// What is known of an object without reading it.
public struct ObjectInfo: Hashable, Sendable, Codable {
  /// The size in bytes.
  public var size: Int64
  /// The entity tag, with its quotation marks; `nil` where the server tells none.
  public var tag: String?
  /// The time of the last change as the server writes it.
  public var modified: String?

  /// Makes it from its parts.
  public init(size: Int64, tag: String? = nil, modified: String? = nil) {
    self.size = size
    self.tag = tag
    self.modified = modified
  }

  /// What tells one state of the object from another; `nil` where the server tells nothing of the kind.
  public var version: String? { tag ?? modified }
}

extension ObjectInfo {
  init(size: Int64, _ head: ResponseHead) {
    self.init(size: size, tag: head.value("etag"), modified: head.value("last-modified"))
  }

  /// The fields that let a server refuse to read another state of the object.
  var conditions: [(name: String, value: String)] {
    // A weak tag never matches (RFC 9110, §13.1.1).
    if let tag, !tag.hasPrefix("W/") { return [("if-match", tag)] }
    if tag == nil, let modified { return [("if-unmodified-since", modified)] }
    return []
  }

  /// Whether a response shows another state of the object.
  func differs(from head: ResponseHead) -> Bool {
    if let tag, let other = head.value("etag") { return tag != other }
    if tag == nil, let modified, let other = head.value("last-modified") {
      return modified != other
    }
    return false
  }
}
