internal import WebAddress

/// Where requests for a bucket go: a host, and the path before the key.
struct StoreAddress {
  /// `http` or `https`.
  let scheme: String
  /// The host and, where it is not the scheme's own, the port: what the field `Host` says.
  let host: String
  /// Percent-encoded, with a slash at its end.
  let base: String

  /// The address of a bucket.
  ///
  /// An endpoint of one's own has the bucket in its path; on AWS it is in the host, but for names with a dot,
  /// which no certificate covers.
  ///
  /// - Throws: ``ObjectStoreError`` `configuration` where the endpoint is no address.
  init(bucket: String, _ configuration: StoreConfiguration) throws(ObjectStoreError) {
    guard let endpoint = configuration.endpoint else {
      let isDotted = bucket.contains(".")
      let domain =
        configuration.region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
      let service = "s3.\(configuration.region).\(domain)"
      scheme = "https"
      host = isDotted ? service : "\(bucket).\(service)"
      base = isDotted ? "/\(bucket)/" : "/"
      return
    }
    guard let url = WebURL(parsing: endpoint), ["http", "https"].contains(url.scheme),
      let name = url.host, url.username.isEmpty, url.password.isEmpty, url.query == nil
    else {
      throw ObjectStoreError(
        .configuration,
        "the endpoint of the store is no address such as https://host:port; check AWS_ENDPOINT_URL")
    }
    scheme = url.scheme
    host = name + (url.port.map { ":\($0)" } ?? "")
    var path = url.path
    while path.hasSuffix("/") { path.removeLast() }
    base = "\(path)/\(PercentCoding.encode(bucket))/"
  }

  /// The percent-encoded path of a key.
  func path(of key: String) -> String {
    // Without a key the bucket itself is meant.
    base + PercentCoding.encode(key, keepingSlashes: true)
  }
}
