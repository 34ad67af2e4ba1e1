/// A URL as the URL Standard parses it <https://url.spec.whatwg.org/>.
///
/// The host of a special scheme is lower case and in ASCII, the path has no dot segments, and a port
/// that is the scheme's own is left out; so two ways to write one address mostly compare equal.
public struct WebURL: Hashable, Sendable {
  /// The scheme in lower case, without its colon.
  public internal(set) var scheme: String
  /// The user's name, percent-encoded; empty where there is none.
  public internal(set) var username = ""
  /// The password, percent-encoded; empty where there is none.
  public internal(set) var password = ""
  /// The host as it is written in the address, `nil` where the address has none.
  public internal(set) var host: String?
  /// The port, `nil` where it is the scheme's own.
  public internal(set) var port: UInt16?
  /// The path, percent-encoded, with its leading slash where it is not opaque.
  public internal(set) var path = ""
  /// Whether the path is opaque, as that of `data:` and `mailto:` addresses is.
  public internal(set) var hasOpaquePath = false
  /// The query, percent-encoded, without its question mark.
  public internal(set) var query: String?
  /// The fragment, percent-encoded, without its number sign.
  public internal(set) var fragment: String?

  /// The longest address that is parsed, in bytes; one whose path is opaque may be
  /// ``maximumOpaqueLength`` long, since it may hold a whole image.
  public static let maximumLength = 1 << 16
  /// The longest `data:` address, in bytes.
  public static let maximumOpaqueLength = 4 << 20

  init(scheme: String) { self.scheme = scheme }

  /// Whether the scheme is one of those with a host and a path whatever is written.
  public var isSpecial: Bool { Scheme.isSpecial(scheme) }

  /// The address in full.
  public var serialized: String { serialized(withFragment: true) }

  /// The address without its fragment where `withFragment` is false.
  func serialized(withFragment: Bool) -> String {
    var text = scheme + ":"
    if let host {
      text += "//"
      if !username.isEmpty || !password.isEmpty {
        text += username
        if !password.isEmpty { text += ":" + password }
        text += "@"
      }
      text += host
      if let port { text += ":\(port)" }
    } else if !hasOpaquePath, path.hasPrefix("//") {
      // Without this the path's first segment would read as a host.
      text += "/."
    }
    text += path
    if let query { text += "?" + query }
    if withFragment, let fragment { text += "#" + fragment }
    return text
  }
}

extension WebURL: CustomStringConvertible {
  /// The address in full.
  public var description: String { serialized }
}
