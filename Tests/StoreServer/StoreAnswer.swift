/// What the server answers.
public struct StoreAnswer: Sendable {
  /// The status.
  public var status: Int
  /// The fields beside `Content-Length`.
  public var fields: [(String, String)]
  /// The body.
  public var body: [UInt8]
  /// How many bytes of the body are sent before the connection is closed; all without.
  public var sentBytes: Int?
  /// The length that the head states, where it is not the body's.
  public var statedLength: Int?
  /// How long the answer waits, in seconds.
  public var delay = 0.0

  /// Makes an answer.
  public init(
    _ status: Int, _ fields: [(String, String)] = [], _ body: [UInt8] = [], sentBytes: Int? = nil
  ) {
    self.status = status
    self.fields = fields
    self.body = body
    self.sentBytes = sentBytes
  }

  /// An error as stores write it.
  public static func error(
    _ status: Int, _ code: String, _ message: String = "", fields: [(String, String)] = []
  ) -> StoreAnswer {
    StoreAnswer(
      status, fields + [("Content-Type", "application/xml")],
      Array(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
          .utf8))
  }
}
