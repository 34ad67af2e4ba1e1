/// The named fields of a WARC or HTTP header, in order; names are compared without regard to case.
public struct HeaderFields: Hashable, Sendable {
  /// One field.
  public struct Field: Hashable, Sendable {
    /// The name as written.
    public var name: String
    /// The value, without spaces around it and with folded lines joined by a space.
    public var value: String

    /// Makes a field from its parts.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The fields in order.
  public var all: [Field]

  /// Makes a list of fields.
  public init(_ all: [Field] = []) { self.all = all }

  /// The value of the first field of a name.
  public subscript(name: String) -> String? {
    all.first { Self.isSame($0.name, name) }?.value
  }

  /// The values of all fields of a name, in order.
  public func values(of name: String) -> [String] {
    all.lazy.filter { Self.isSame($0.name, name) }.map(\.value)
  }

  /// The items of a field whose value is a list apart by commas, over all fields of the name.
  public func list(of name: String) -> [String] {
    values(of: name).flatMap { value in
      value.split(separator: ",").map { String($0.trimming(while: \.isWhitespace)) }
    }.filter { !$0.isEmpty }
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && left.utf8.elementsEqual(right.utf8) { $0.asLowerCase == $1.asLowerCase }
  }
}

extension Substring {
  func trimming(while predicate: (Character) -> Bool) -> Substring {
    var rest = drop(while: predicate)
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}

extension UInt8 {
  /// The byte with an ASCII capital made small.
  var asLowerCase: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }

  /// Whether the byte is a space or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Whether the byte is CR or LF.
  var isLineEnd: Bool { self == UInt8(ascii: "\r") || self == UInt8(ascii: "\n") }
}
