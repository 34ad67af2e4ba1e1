public import Documents

/// What became of one request.
public struct FetchOutcome: Sendable {
  /// What the caller knows the request by.
  public var id: Int
  /// The address that was asked for.
  public var url: String
  /// The image, or why there is none.
  public var decision: Decision<FetchedImage>
  /// How many requests were sent for it, redirects and retries included, robots.txt not.
  public var requests = 0
  /// The redirects that were followed.
  public var redirects: [String] = []
  /// The status of the last response; `nil` where none came.
  public var status: Int?
  /// The opt-outs that were found, obeyed or not.
  public var optOuts: Set<OptOut> = []
  /// How many connections were made for it.
  public var connections = 0
  /// The bytes of bodies that came over the wire for it.
  public var wireBytes: Int64 = 0

  init(id: Int, url: String, decision: Decision<FetchedImage>) {
    self.id = id
    self.url = url
    self.decision = decision
  }

  /// How many bytes it holds until it is taken.
  var heldBytes: Int { decision.value?.bytes.count ?? 0 }
}
