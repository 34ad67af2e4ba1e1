internal import HTTPExchanges

/// An object of a listing.
public struct ListedObject: Hashable, Sendable {
  /// The object's address.
  public var uri: ObjectURI
  /// Its size and state.
  public var info: ObjectInfo
}

extension ObjectStore {
  /// How many keys are asked for at once; no store gives more.
  private static let pageKeys = 1000
  /// The most bytes of a page: each key may take three bytes a byte.
  private static let pageBytes = 1 << 23

  /// Lists the objects whose keys begin as that of an address, in the order of their keys' bytes.
  ///
  /// - Parameters:
  ///   - prefix: An address of a bucket; the end of its key need be no slash.
  ///   - limit: The most objects; more are an error.
  /// - Throws: ``ObjectStoreError``; `tooLarge` beyond the limit, `endpoint` for a listing that does not end.
  public func list(
    _ prefix: ObjectURI, limit: Int = 1_000_000
  ) throws(ObjectStoreError) -> [ListedObject] {
    try Self.requireStore(prefix)
    var objects: [ListedObject] = []
    var token: String?
    repeat {
      let page = try page(prefix, after: token)
      for object in page.objects {
        // Pages that do not go on would be asked for without an end.
        if let last = objects.last?.uri.key, let key = object.uri.key,
          !last.utf8.lexicographicallyPrecedes(key.utf8)
        {
          throw ObjectStoreError(
            .endpoint, "\(prefix): the store lists its keys out of order; it does not speak S3")
        }
        objects.append(object)
      }
      if objects.count > limit {
        throw ObjectStoreError(
          .tooLarge, "\(prefix): there are more than \(limit) objects; name a longer prefix")
      }
      if let next = page.next, page.objects.isEmpty || next == token {
        throw ObjectStoreError(
          .endpoint, "\(prefix): the store's listing does not go on after '\(next.prefix(80))'")
      }
      token = page.next
    } while token != nil
    return objects
  }

  /// The objects that an address with `*`, `?` and `[…]` in its key names, in the order of their keys.
  public func matching(
    _ pattern: ObjectURI, limit: Int = 1_000_000
  ) throws(ObjectStoreError) -> [ListedObject] {
    try Self.requireStore(pattern)
    let keys = PathPattern(pattern.key ?? "")
    return try list(try pattern.with(key: keys.prefix), limit: limit).filter {
      keys.matches($0.uri.key ?? "")
    }
  }

  private func page(
    _ prefix: ObjectURI, after token: String?
  ) throws(ObjectStoreError) -> (objects: [ListedObject], next: String?) {
    var call = StoreCall("GET", try prefix.with(key: ""))
    call.query = [
      ("list-type", "2"), ("prefix", prefix.key ?? ""), ("max-keys", "\(Self.pageKeys)"),
      ("encoding-type", "url"),
    ]
    if let token { call.query.append(("continuation-token", token)) }
    call.maximumBytes = Self.pageBytes
    let reply = try requests.perform(call).reply
    guard let root = StoreDocument(reply.body)?.root, root.name == "ListBucketResult" else {
      throw notAStore(prefix)
    }
    let isEncoded = root.text("EncodingType") == "url"
    var objects: [ListedObject] = []
    for entry in root.children where entry.name == "Contents" {
      guard let text = entry.text("Key"),
        let key = isEncoded ? PercentCoding.decode(text) : text,
        let size = entry.text("Size").flatMap({ Int64($0) }), size >= 0,
        key.hasPrefix(prefix.key ?? ""), let uri = try? prefix.with(key: key)
      else { throw notAStore(prefix) }
      objects.append(
        ListedObject(uri: uri, info: ObjectInfo(size: size, tag: entry.text("ETag"))))
    }
    guard root.text("IsTruncated") == "true" else { return (objects, nil) }
    guard let next = root.text("NextContinuationToken"), !next.isEmpty else {
      throw notAStore(prefix)
    }
    return (objects, next)
  }
}
