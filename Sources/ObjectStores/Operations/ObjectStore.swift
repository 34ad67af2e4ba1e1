/// Objects of S3 stores and of web servers: reading, writing, listing.
///
/// Any number of threads may use one store; each call waits for its end. Faults that may pass are tried again
/// by ``RetryPolicy``; all others are ``ObjectStoreError`` at once. Memory is bounded by the ranges that are
/// under way, however large an object is.
///
///     let store = ObjectStore(try .ofProcess())
///     let uri = try ObjectURI("s3://bucket/crawl/a.warc.gz")
///     let info = try store.head(uri)
///     let bytes = try store.read(uri, 0..<1024, of: info)
public final class ObjectStore: Sendable {
  /// How the store is spoken to.
  public let configuration: StoreConfiguration
  let requests: StoreRequests

  /// Makes a store; nothing is asked for yet.
  public init(_ configuration: StoreConfiguration) {
    self.configuration = configuration
    requests = StoreRequests(configuration)
  }
}
