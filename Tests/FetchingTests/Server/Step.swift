import TestSupport

/// What the hostile server does next with a connection; at the end of a script it waits for the
/// next request.
enum Step: Sendable {
  case send([UInt8])
  case pause(Int)
  /// Sends the same bytes again and again, with a pause in milliseconds in between.
  case forever([UInt8], Int = 0)
  case close
  case reset
}

extension Step {
  static let png = PNGFile.pattern(width: 8, height: 8, seed: 1)

  static func text(_ text: String) -> Step { .send(Array(text.utf8)) }

  static func head(_ status: Int, _ fields: [String] = []) -> Step {
    text((["HTTP/1.1 \(status) Said"] + fields).joined(separator: "\r\n") + "\r\n\r\n")
  }

  /// A well-behaved answer.
  static func answer(_ status: Int, _ fields: [String] = [], _ body: [UInt8]) -> [Step] {
    [head(status, fields + ["Content-Length: \(body.count)"]), .send(body)]
  }

  static func status(_ status: Int, _ fields: [String] = []) -> [Step] {
    answer(status, fields, [])
  }

  static func image(_ fields: [String] = []) -> [Step] {
    answer(200, ["Content-Type: image/png"] + fields, png)
  }

  static func redirect(_ location: String, _ status: Int = 302) -> [Step] {
    self.status(status, ["Location: \(location)"])
  }

  static func robots(_ text: String) -> [Step] {
    answer(200, ["Content-Type: text/plain"], Array(text.utf8))
  }
}
