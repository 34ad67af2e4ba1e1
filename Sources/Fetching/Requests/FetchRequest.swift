public import Documents

/// An image to be fetched.
public struct FetchRequest: Hashable, Sendable {
  /// What the caller knows the request by.
  public var id: Int
  /// The address.
  public var url: String
  /// The opt-outs that are known before, such as those of the page that shows the image.
  public var optOuts: Set<OptOut>

  /// Makes a request from its parts.
  public init(id: Int, url: String, optOuts: Set<OptOut> = []) {
    self.id = id
    self.url = url
    self.optOuts = optOuts
  }
}
