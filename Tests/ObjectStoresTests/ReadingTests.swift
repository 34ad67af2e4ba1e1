import Documents
import Foundation
import Hashing
import ObjectStores
import Storage
import StoreServer
import TestSupport
import Testing

struct ReadingTests {
  @Test(arguments: [
    ("s3://nobody/key", ObjectStoreError.Code.noBucket, "bucket does not exist"),
    ("s3://bucket/missing", .noObject, "check the key"),
  ]) func `what is not there`(uri: String, code: ObjectStoreError.Code, words: String) throws {
    let server = try StoreServer()
    let fault = error { try server.store().read(ObjectURI(uri), limit: 10) }
    #expect(fault?.code == code)
    #expect(fault?.message.contains(words) == true)
    #expect(server.requests.count == 1)
  }

  @Test func `wrong keys, a wrong clock and a denial are told apart`() throws {
    let server = try StoreServer()
    server.put([1], "key")
    let uri = try ObjectURI("s3://bucket/key")
    let wrongKey = server.store {
      $0.access = .signed(Credentials(accessKey: "AKIDOTHER", secretKey: "othersecret"))
    }
    #expect(error { try wrongKey.read(uri, limit: 10) }?.code == .wrongCredentials)
    let wrongSecret = server.store {
      $0.access = .signed(
        Credentials(accessKey: StoreServer.accessKey, secretKey: "othersecret"))
    }
    #expect(error { try wrongSecret.read(uri, limit: 10) }?.code == .wrongCredentials)
    let late = server.store { $0.now = { Int64(Date().timeIntervalSince1970) - 7200 } }
    #expect(error { try late.read(uri, limit: 10) }?.code == .clockSkew)
    let unsigned = server.store { $0.access = .anonymous }
    #expect(error { try unsigned.read(uri, limit: 10) }?.code == .denied)
  }

  @Test func `no error holds a secret`() throws {
    let server = try StoreServer()
    server.script { _, _ in
      .error(403, "AccessDenied", "\(StoreServer.accessKey) \(StoreServer.secretKey)")
    }
    let fault = error { try server.store().read(ObjectURI("s3://bucket/key"), limit: 10) }
    let message = try #require(fault?.message)
    #expect(!message.contains(StoreServer.secretKey) && !message.contains(StoreServer.accessKey))
    let presigned = try ObjectURI("\(server.endpoint)/x?X-Amz-Signature=0123abcd")
    #expect(error { try server.store().head(presigned) }?.message.contains("0123abcd") == false)
  }

  @Test func `nobody there`() throws {
    let fault = error {
      try StoreServer().store { $0.endpoint = "http://127.0.0.1:\(freePort())" }
        .head(ObjectURI("s3://bucket/key"))
    }
    #expect(fault?.code == .endpoint)
    #expect(fault?.message.contains("AWS_ENDPOINT_URL") == true)
  }

  @Test(arguments: ["s3://bucket/a b+ü=%", "web"])
  func `ranges, heads and whole objects`(address: String) throws {
    let server = try StoreServer()
    let bytes = pattern(1_200_000)
    server.put(bytes, "a b+ü=%")
    server.put(bytes, "x", in: "public")
    let uri = try ObjectURI(address == "web" ? "\(server.endpoint)/public/x" : address)
    let store = server.store { $0.pieceBytes = 1 << 16 }
    let info = try store.head(uri)
    #expect(info.size == 1_200_000)
    #expect(try store.read(uri, 10..<20, of: info) == Array(bytes[10..<20]))
    #expect(try store.read(uri, 5..<5, of: info) == [])
    #expect(try store.read(uri, limit: 1_200_000).bytes == bytes)
    #expect(error { try store.read(uri, limit: 1_199_999) }?.code == .tooLarge)
    let directory = TemporaryDirectory()
    let digest = try store.download(uri, to: directory.file("x"), of: info)
    #expect(digest == Digest(of: bytes))
    #expect(try FileSystem.read(directory.file("x")) == bytes)
  }

  @Test func `ranges come in order, whatever comes first`() throws {
    let server = try StoreServer()
    let bytes = pattern(100_000)
    server.put(bytes, "key")
    server.change { request, answer in
      var answer = answer
      if request.fields["range"] == "bytes=50-1073" { answer.delay = 0.1 }
      return answer
    }
    let uri = try ObjectURI("s3://bucket/key")
    let store = server.store { $0.pieceBytes = 1 << 10 }
    let info = try store.head(uri)
    let ranges = [50..<4000, 7..<8, 9..<9, 99_000..<100_000] as [Range<Int64>]
    var found: [[UInt8]] = []
    var offsets: [Int64] = []
    try store.stream(uri, ranges, of: info) {
      offsets.append($0)
      found.append($1)
    }
    #expect(offsets == [50, 1074, 2098, 3122, 7, 99_000])
    #expect(
      found.flatMap { $0 } == ranges.flatMap { bytes[Int($0.lowerBound)..<Int($0.upperBound)] })
  }

  @Test func `a wait ends when it is to stop`() throws {
    let server = try StoreServer()
    server.script { _, _ in .error(503, "SlowDown", fields: [("Retry-After", "100")]) }
    let start = ContinuousClock.now
    let store = server.store {
      $0.isStopped = { ContinuousClock.now - start > .milliseconds(200) }
    }
    let fault = error { try store.read(ObjectURI("s3://bucket/key"), 0..<1) }
    #expect(fault?.code == .stopped)
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(server.requests.count == 1)
  }

  @Test func `an empty object`() throws {
    let server = try StoreServer()
    server.put([], "empty")
    server.put([], "empty", in: "public")
    for text in ["s3://bucket/empty", "\(server.endpoint)/public/empty"] {
      let uri = try ObjectURI(text)
      let info = try server.store().head(uri)
      #expect(info.size == 0)
      #expect(try server.store().digest(uri, of: info) == Digest(of: [UInt8]()))
    }
  }

  @Test func `what fails for a while is tried again`() throws {
    let server = try StoreServer()
    let bytes = pattern(50_000)
    server.put(bytes, "key")
    // One after the other: busy, cut short, closed without an answer, and then all goes well.
    server.script { _, number in
      switch number {
      case 0: .error(503, "SlowDown")
      case 1: StoreAnswer(206, [("Content-Length", "50000")], [1, 2, 3], sentBytes: 3)
      case 2: .error(500, "InternalError")
      default: nil
      }
    }
    let uri = try ObjectURI("s3://bucket/key")
    #expect(try server.store().read(uri, 0..<50_000) == bytes)
    #expect(server.requests.count == 4)
    server.script { _, _ in .error(503, "SlowDown") }
    let fault = error { try server.store().read(uri, 0..<50_000) }
    #expect(fault?.code == .unavailable)
    #expect(fault?.message.contains("4 tries") == true)
  }

  @Test func `Retry-After is honoured, and not beyond the deadline`() throws {
    let server = try StoreServer()
    server.put([7], "key")
    server.script { _, number in
      number == 0 ? .error(503, "SlowDown", fields: [("Retry-After", "1")]) : nil
    }
    let uri = try ObjectURI("s3://bucket/key")
    let time = try ContinuousClock().measure { _ = try server.store().read(uri, 0..<1) }
    #expect(time >= .seconds(1))
    server.script { _, _ in .error(503, "SlowDown", fields: [("Retry-After", "100000")]) }
    let fault = error { try server.store().read(uri, 0..<1) }
    #expect(fault?.code == .unavailable)
  }

  @Test func `a slow answer runs into the deadline`() throws {
    let server = try StoreServer()
    server.script { _, _ in
      var answer = StoreAnswer(200)
      answer.delay = 3
      return answer
    }
    let store = server.store { $0.retries.deadline = .milliseconds(300) }
    let time = ContinuousClock().measure {
      let fault = error { try store.head(ObjectURI("s3://bucket/key")) }
      #expect(fault?.code == .unavailable)
    }
    #expect(time < .seconds(2))
  }

  @Test func `an object that changes between ranges`() throws {
    let server = try StoreServer()
    server.put(pattern(1 << 16), "key")
    let store = server.store {
      $0.pieceBytes = 1 << 12; $0.connections = 1
    }
    let uri = try ObjectURI("s3://bucket/key")
    let info = try store.head(uri)
    server.change { request, answer in
      guard let range = request.fields["range"], range.hasPrefix("bytes=8192-") else {
        return answer
      }
      server.put(pattern(1 << 15), "key")
      return answer
    }
    #expect(error { try store.digest(uri, of: info) }?.code == .changed)
    // The store's words are longer than what was asked for.
    #expect(error { try store.read(uri, 0..<2, of: info) }?.code == .changed)
    // A store that ignores the condition is caught by the tag of its answer.
    server.change { _, answer in
      var answer = answer
      answer.fields = answer.fields.filter { $0.0 != "ETag" } + [("ETag", "\"other\"")]
      return answer
    }
    let again = ObjectInfo(size: 1 << 15, tag: nil, modified: nil)
    #expect(try store.read(uri, 0..<8, of: again).count == 8)
    let tagged = ObjectInfo(size: 1 << 15, tag: "\"first\"")
    #expect(error { try store.read(uri, 0..<8, of: tagged) }?.code == .changed)
  }

  @Test(arguments: [false, true])
  func `a server without ranges`(isLying: Bool) throws {
    let server = try StoreServer()
    server.script { _, _ in
      isLying
        ? StoreAnswer(206, [("Content-Range", "bytes 0-7/100000")], pattern(8))
        : StoreAnswer(200, [], pattern(100_000))
    }
    let uri = try ObjectURI("\(server.endpoint)/x")
    #expect(error { try server.store().read(uri, 8..<16) }?.code == .unsupported)
    #expect(server.requests.count == 1)
  }

  @Test func `redirects are followed on the web, but not for ever`() throws {
    let server = try StoreServer()
    server.put(pattern(100), "x", in: "public")
    server.script { request, _ in
      switch request.path {
      case "/moved": StoreAnswer(302, [("Location", "/public/x?token=1")])
      case "/circle": StoreAnswer(302, [("Location", "/circle")])
      default: nil
      }
    }
    let moved = try ObjectURI("\(server.endpoint)/moved")
    #expect(try server.store().read(moved, 0..<10) == Array(pattern(100)[0..<10]))
    let circle = try ObjectURI("\(server.endpoint)/circle")
    #expect(error { try server.store().read(circle, 0..<10) } != nil)
    #expect(server.requests.count < 20)
  }
}
