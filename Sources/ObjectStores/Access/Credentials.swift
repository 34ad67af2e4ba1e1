/// What requests are signed with; neither printing nor mirroring it shows a secret.
public struct Credentials: Hashable, Sendable {
  let accessKey: String
  let secretKey: String
  let sessionToken: String?

  /// Makes credentials.
  ///
  /// - Parameter sessionToken: Given with keys that hold for a time only.
  public init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }

  /// A text with every part of the credentials that it holds taken out.
  func removed(from text: String) -> String {
    [secretKey, sessionToken ?? "", accessKey].filter { $0.count > 3 }
      .reduce(text) { $0.replacing($1, with: "…") }
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Only that there are some.
  public var description: String { "credentials" }
  /// Only that there are some.
  public var debugDescription: String { description }
  /// No parts.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
