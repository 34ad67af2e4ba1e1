internal import HTTPExchanges
internal import Hashing
internal import Storage

extension ObjectStore {
  /// Asks for the size and the state of an object.
  ///
  /// - Throws: ``ObjectStoreError``; `noObject` where there is none.
  public func head(_ uri: ObjectURI) throws(ObjectStoreError) -> ObjectInfo {
    guard let info = try find(uri) else {
      throw ObjectStoreError(.noObject, "\(uri) does not exist; check the address")
    }
    return info
  }

  /// Asks for the size and the state of an object that need not be there.
  ///
  /// - Returns: `nil` where there is no such object; a store does not tell whether its bucket is there.
  public func find(_ uri: ObjectURI) throws(ObjectStoreError) -> ObjectInfo? {
    if uri.bucket == nil { return try findOnWeb(uri) }
    var call = StoreCall("HEAD", uri)
    call.accepted = [404]
    let reply = try requests.perform(call).reply
    if reply.head.status == 404 { return nil }
    guard let size = reply.head.contentLength, size >= 0 else {
      throw ObjectStoreError(.unsupported, "\(uri): the server does not tell how large it is")
    }
    return ObjectInfo(size: size, reply.head)
  }

  /// A presigned address allows GET and not HEAD, so one byte is asked for.
  private func findOnWeb(_ uri: ObjectURI) throws(ObjectStoreError) -> ObjectInfo? {
    var call = StoreCall("GET", uri)
    call.fields = [("range", "bytes=0-0")]
    call.accepted = [404, 410, 416]
    call.maximumBytes = 1 << 16
    let refusal = ObjectStoreError(.unsupported, Self.noRanges(uri))
    let reply = try requests.perform(call) {
      $0.head.status == 200 && $0.fault != nil ? refusal : nil
    }
    .reply
    let range = reply.head.value("content-range")
    switch reply.head.status {
    case 404, 410: return nil
    case 416 where range?.hasSuffix("*/0") == true: return ObjectInfo(size: 0, reply.head)
    case 200: return ObjectInfo(size: Int64(reply.body.count), reply.head)
    case 206:
      guard let total = range.flatMap(ContentRange.init)?.total else { throw refusal }
      return ObjectInfo(size: total, reply.head)
    default: throw refusal
    }
  }

  /// Reads a whole object into memory.
  ///
  /// - Parameter limit: The most bytes it may have.
  /// - Throws: ``ObjectStoreError``; `tooLarge` where it has more.
  public func read(
    _ uri: ObjectURI, limit: Int
  ) throws(ObjectStoreError) -> (bytes: [UInt8], info: ObjectInfo) {
    var call = StoreCall("GET", uri)
    call.maximumBytes = limit
    let reply = try requests.perform(call).reply
    return (reply.body, ObjectInfo(size: Int64(reply.body.count), reply.head))
  }

  /// Reads a range of an object into memory.
  ///
  /// - Parameters:
  ///   - range: Of bytes; it lies in the object.
  ///   - info: The state that is meant; `nil` takes whatever there is.
  /// - Throws: ``ObjectStoreError``; `changed` where the object is in another state by now.
  public func read(
    _ uri: ObjectURI, _ range: Range<Int64>, of info: ObjectInfo? = nil
  ) throws(ObjectStoreError) -> [UInt8] {
    precondition(range.lowerBound >= 0, "a range of bytes begins at 0 or later")
    if range.isEmpty { return [] }
    var call = StoreCall("GET", uri)
    call.fields =
      [("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")] + (info?.conditions ?? [])
    call.maximumBytes = range.count
    return try requests.perform(call) { Self.fault(of: $0, range, info, uri) }.reply.body
  }

  /// What is wrong with a response to the request of a range.
  private static func fault(
    of reply: HTTPReply, _ range: Range<Int64>, _ info: ObjectInfo?, _ uri: ObjectURI
  ) -> ObjectStoreError? {
    let changed = ObjectStoreError(.changed, StoreFault.changed(uri))
    if let info, info.differs(from: reply.head) { return changed }
    if reply.head.status == 206 {
      guard let found = reply.head.value("content-range").flatMap(ContentRange.init),
        found.range == range
      else { return ObjectStoreError(.unsupported, noRanges(uri)) }
      if let info, let total = found.total, total != info.size { return changed }
    } else if reply.fault != nil || range.lowerBound != 0 {
      // A server that sends all of an object for every range would be read over and over.
      return ObjectStoreError(.unsupported, noRanges(uri))
    }
    guard reply.body.count == range.count else {
      return ObjectStoreError(
        .truncated, "\(uri): \(reply.body.count) bytes came where \(range.count) were asked for")
    }
    return nil
  }

  private static func noRanges(_ uri: ObjectURI) -> String {
    "\(uri): the server does not serve ranges of bytes; download the file and name its path"
  }
}

/// The value of `Content-Range` (RFC 9110, §14.4).
struct ContentRange {
  var range: Range<Int64>
  var total: Int64?

  init?(_ text: String) {
    guard text.lowercased().hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/")
    let bounds = parts.first?.split(separator: "-").compactMap { Int64($0.trimmed) } ?? []
    guard parts.count == 2, bounds.count == 2, 0 <= bounds[0], bounds[0] <= bounds[1],
      bounds[1] < .max
    else { return nil }
    range = bounds[0]..<bounds[1] + 1
    total = Int64(parts[1].trimmed)
  }
}
