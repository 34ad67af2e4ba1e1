/// The address of a page of the viewer.
///
/// Links lead to such addresses only: what a crawled page calls a URL is text here.
struct Address: Hashable {
  /// The path's components.
  var path: [String]
  /// The parameters.
  var query: [(name: String, value: String)] = []

  init(_ path: String..., query: [(name: String, value: String)] = []) {
    self.path = path
    self.query = query
  }

  /// The address with another value of a parameter.
  func with(_ name: String, _ value: String) -> Address {
    var address = self
    address.query.removeAll { $0.name == name }
    address.query.append((name, value))
    return address
  }

  /// The address as it stands in a link.
  var text: String {
    let parameters = query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }
    return "/" + path.map(Self.encoded).joined(separator: "/")
      + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
  }

  static func == (left: Address, right: Address) -> Bool { left.text == right.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// All but the unreserved characters of RFC 3986 as `%XX`.
  private static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}
