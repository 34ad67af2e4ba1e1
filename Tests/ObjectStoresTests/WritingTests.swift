import Foundation
import ObjectStores
import Storage
import StoreServer
import Synchronization
import TestSupport
import Testing

struct WritingTests {
  @Test func `writing, finding, removing`() throws {
    let server = try StoreServer()
    let store = server.store()
    let uri = try ObjectURI("s3://bucket/a=b/ü +")
    #expect(try store.find(uri) == nil)
    #expect(try store.put([1, 2, 3], to: uri) == .written)
    #expect(server.bytes("a=b/ü +") == [1, 2, 3])
    #expect(try store.put([], to: uri) == .written)
    #expect(try store.head(uri).size == 0)
    try store.remove(uri)
    try store.remove(uri)
    #expect(try store.find(uri) == nil)
    #expect(
      error { try store.put([1], to: ObjectURI("\(server.endpoint)/x")) }?.code == .unsupported)
    #expect(error { try store.put([1], to: ObjectURI("s3://nobody/x")) }?.code == .noBucket)
  }

  @Test func `of all who write at once one does`() async throws {
    let server = try StoreServer()
    let store = server.store()
    let uri = try ObjectURI("s3://bucket/claim")
    var outcomes: [PutOutcome] = []
    await withTaskGroup(of: PutOutcome?.self) { group in
      for number in 0..<8 {
        group.addTask { try? store.put([UInt8(number)], to: uri, .absent) }
      }
      for await outcome in group { if let outcome { outcomes.append(outcome) } }
    }
    #expect(outcomes.count == 8)
    #expect(outcomes.filter { $0 == .written }.count == 1)
  }

  @Test func `a write whose answer was lost is known again`() throws {
    let server = try StoreServer()
    // The first answer never comes, though the object was written.
    server.change { request, answer in
      guard request.method == "PUT", answer.status == 200 else { return answer }
      return StoreAnswer(200, [("Content-Length", "10")], [], sentBytes: 0)
    }
    let store = server.store()
    #expect(try store.put([1], to: ObjectURI("s3://bucket/key"), .absent) == .written)
    #expect(try store.put([2], to: ObjectURI("s3://bucket/key"), .absent) == .alreadyThere)
    #expect(server.bytes("key") == [1])
  }

  @Test func `a large file goes in parts`() throws {
    let server = try StoreServer()
    let store = server.store { $0.partBytes = 10_000 }
    let directory = TemporaryDirectory()
    let bytes = pattern(95_001)
    try AtomicFile.write(bytes, to: directory.file("x"))
    let uri = try ObjectURI("s3://bucket/large")
    #expect(try store.put(file: directory.file("x"), to: uri) == .written)
    #expect(server.bytes("large") == bytes)
    #expect(server.openUploads == 0)
    #expect(try store.put(file: directory.file("x"), to: uri, .absent) == .alreadyThere)
    #expect(error { try store.put(file: directory.file("none"), to: uri) }?.code == .machine)
  }

  @Test func `an upload that fails leaves no parts`() throws {
    let server = try StoreServer()
    let store = server.store { $0.partBytes = 10_000 }
    let directory = TemporaryDirectory()
    try AtomicFile.write(pattern(50_000), to: directory.file("x"))
    server.script { request, _ in
      request.value("partNumber") == "4" ? .error(403, "AccessDenied") : nil
    }
    let uri = try ObjectURI("s3://bucket/large")
    #expect(error { try store.put(file: directory.file("x"), to: uri) }?.code == .denied)
    #expect(server.openUploads == 0)
    #expect(server.bytes("large") == nil)
    // The end of an upload may fail in the body of a response of success.
    let tries = Mutex(0)
    server.script { request, _ in
      guard request.method == "POST", request.value("uploadId") != nil else { return nil }
      let number = tries.withLock { tries in
        tries += 1
        return tries
      }
      guard number == 1 else { return nil }
      return StoreAnswer(200, [], StoreAnswer.error(200, "InternalError").body)
    }
    #expect(try store.put(file: directory.file("x"), to: uri) == .written)
    #expect(tries.withLock { $0 } == 2)
  }
}

struct ListingTests {
  @Test func `pages and odd keys`() throws {
    let server = try StoreServer()
    for number in 0..<1234 { server.put([1], "many/\(number)") }
    for key in ["odd/a b", "odd/a+b", "odd/<&\">", "odd/%2F", "odd/ü/é", "odd/a\nb"] {
      server.put([1, 2], key)
    }
    let store = server.store()
    #expect(try store.list(ObjectURI("s3://bucket/many/")).count == 1234)
    let odd = try store.list(ObjectURI("s3://bucket/odd/")).compactMap(\.uri.key)
    #expect(
      odd
        == server.keys().filter { $0.hasPrefix("odd/") }.sorted {
          $0.utf8.lexicographicallyPrecedes($1.utf8)
        })
    #expect(try store.matching(ObjectURI("s3://bucket/many/12?")).count == 10)
    #expect(try store.matching(ObjectURI("s3://bucket/odd/*")).count == 5)
    #expect(try store.list(ObjectURI("s3://bucket/none/")).isEmpty)
    #expect(error { try store.list(ObjectURI("s3://bucket/many/"), limit: 100) }?.code == .tooLarge)
  }

  @Test(arguments: [
    "", "<html>no store</html>", "<ListBucketResult>", "<ListBucketResult></Other>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]><ListBucketResult>&a;</ListBucketResult>",
    "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
    "<ListBucketResult><Contents><Key>&a;</Key><Size>1</Size></Contents></ListBucketResult>",
    "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
    String(repeating: "<a>", count: 10_000),
    // Listings that never end: the same page again, and pages of nothing.
    "<ListBucketResult><Contents><Key>a</Key><Size>1</Size></Contents><IsTruncated>true</IsTruncated>"
      + "<NextContinuationToken>a</NextContinuationToken></ListBucketResult>",
    "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken>"
      + "</ListBucketResult>",
  ]) func `hostile listings`(text: String) throws {
    let server = try StoreServer()
    server.script { _, _ in StoreAnswer(200, [], Array(text.utf8)) }
    #expect(error { try server.store().list(ObjectURI("s3://bucket/")) }?.code == .endpoint)
    #expect(server.requests.count <= 2)
  }
}
