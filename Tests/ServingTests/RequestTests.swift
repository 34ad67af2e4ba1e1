import Testing

@testable import Serving

@Suite struct RequestTests {
  private static func request(_ head: String) throws(RequestFault) -> Request {
    try Request(head: head.utf8)
  }

  @Test func aRequestIsRead() throws {
    let request = try Self.request(
      "GET /documents//a%20b?url=http%3A%2F%2Fx%2F+y&url=second&empty HTTP/1.1\r\nHOST: LocalHost:1\r\n"
    )
    #expect(request.method == .get)
    #expect(request.path == ["documents", "a b"])
    #expect(request.query == ["url": "http://x/ y", "empty": ""])
    #expect(request.host == "localhost:1")
    #expect(!request.hasBody)
  }

  @Test(arguments: [
    ("%2e%2e/%2Fetc", ["..", "/etc"]), ("a%zz%4", ["a%zz%4"]), ("%FF%C3%A9", ["\u{FFFD}é"]),
    ("%00%3Cscript%3E", ["\0<script>"]),
  ])
  func codedPathsAreDecodedOnce(_ target: String, _ path: [String]) throws {
    #expect(try Self.request("GET /\(target) HTTP/1.1\r\nHost: x").path == path)
  }

  @Test(arguments: [
    ("", Response.Status.badRequest), ("GET /", .badRequest),
    ("GET  / HTTP/1.1\r\nHost: x", .badRequest),
    ("GET / HTTP/1.1", .badRequest), ("GET / HTTP/1.1\r\nHost: x\r\nHost: y", .badRequest),
    ("GET / HTTP/1.1\r\nHost : x", .badRequest), ("GET / HTTP/1.1\nHost: x", .badRequest),
    ("GET / HTTP/1.1\r\nHost: x\r\n folded", .badRequest),
    ("GET / HTTP/1.1\r\nHost: x\r\nA: b\rc", .badRequest),
    ("GET x HTTP/1.1\r\nHost: x", .badRequest),
    ("GET http://x/ HTTP/1.1\r\nHost: x", .badRequest), ("G(T / HTTP/1.1\r\nHost: x", .badRequest),
    ("GET / HTTP/1.1\r\nHost: x\u{1}", .badRequest),
    ("GET / HTTP/2.0\r\nHost: x", .versionNotSupported),
    ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5", .badRequest),
  ])
  func whatIsNoRequestIsRefused(_ head: String, _ status: Response.Status) {
    #expect {
      _ = try Self.request(head)
    } throws: { error in
      (error as? RequestFault)?.status == status
    }
  }

  @Test(arguments: ["Content-Length: 1", "content-length: +0", "Transfer-Encoding: chunked"])
  func bodiesAreSeen(_ field: String) throws {
    #expect(try Self.request("POST / HTTP/1.1\r\nHost: x\r\n\(field)").hasBody)
  }

  @Test func addressesHoldNothingButUnreservedCharacters() {
    let address = Address("a/b", "..", query: [("q", "<\"é&=\r\n"), ("page", "2")])
    #expect(address.text == "/a%2Fb/..?q=%3C%22%C3%A9%26%3D%0D%0A&page=2")
    #expect(address.with("page", "3").text.hasSuffix("&page=3"))
    #expect(Address().text == "/")
  }
}
