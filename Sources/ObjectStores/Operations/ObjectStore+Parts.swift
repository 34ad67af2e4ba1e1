internal import Documents
internal import HTTPExchanges
internal import Storage

extension ObjectStore {
  /// The most parts an upload may have.
  private static let maximumParts = 10_000

  /// Writes a large object in parts, and removes them where that fails.
  func putParts(
    of file: MappedFile, to uri: ObjectURI, _ condition: PutCondition
  ) throws(ObjectStoreError) -> PutOutcome {
    try Self.requireStore(uri)
    // It spares sending what would be refused in the end.
    if condition == .absent, try find(uri) != nil { return .alreadyThere }
    let attempt = Self.attemptName()
    let upload = try beginUpload(uri, attempt)
    do throws(ObjectStoreError) {
      let tags = try sendParts(of: file, to: uri, upload)
      let outcome = try endUpload(uri, upload, tags, attempt, condition)
      if outcome == .alreadyThere { abandon(uri, upload) }
      return outcome
    } catch {
      abandon(uri, upload)
      throw error
    }
  }

  private func beginUpload(_ uri: ObjectURI, _ attempt: String) throws(ObjectStoreError) -> String {
    var call = StoreCall("POST", uri)
    call.query = [("uploads", "")]
    call.fields = [(Self.attemptField, attempt)]
    call.body = .bytes([])
    let reply = try requests.perform(call).reply
    guard let upload = StoreDocument(reply.body)?.root.text("UploadId"), !upload.isEmpty else {
      throw notAStore(uri)
    }
    return upload
  }

  private func sendParts(
    of file: MappedFile, to uri: ObjectURI, _ upload: String
  ) throws(ObjectStoreError) -> [String] {
    let smallest = (file.count + Self.maximumParts - 1) / Self.maximumParts
    let size = max(configuration.partBytes, smallest)
    let count = (file.count + size - 1) / size
    var tags: [String] = []
    do {
      try InOrder.make(count, threads: configuration.connections, ahead: count) {
        (index) throws(ObjectStoreError) in
        let range = index * size..<min((index + 1) * size, file.count)
        return try self.sendPart(index + 1, .file(file, range), of: uri, upload)
      } take: {
        tags.append($0)
      }
    } catch let error as ObjectStoreError {
      throw error
    } catch { fatalError("nothing else is thrown while parts are sent") }
    return tags
  }

  private func sendPart(
    _ number: Int, _ body: HTTPRequest.Body, of uri: ObjectURI, _ upload: String
  ) throws(ObjectStoreError) -> String {
    guard case .file(let file, let range) = body else { preconditionFailure("parts are of a file") }
    var call = StoreCall("PUT", uri)
    call.query = [("partNumber", "\(number)"), ("uploadId", upload)]
    call.body = body
    call.bodyDigest = Self.digest(of: file, range)
    guard let tag = try requests.perform(call).reply.head.value("etag") else {
      throw notAStore(uri)
    }
    return tag
  }

  private func endUpload(
    _ uri: ObjectURI, _ upload: String, _ tags: [String], _ attempt: String,
    _ condition: PutCondition
  ) throws(ObjectStoreError) -> PutOutcome {
    let parts = tags.enumerated().map { index, tag in
      "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(Self.escaped(tag))</ETag></Part>"
    }
    let text =
      "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      + parts.joined() + "</CompleteMultipartUpload>"
    var call = StoreCall("POST", uri)
    call.query = [("uploadId", upload)]
    call.body = .bytes(Array(text.utf8))
    call.bodyDigest = Digest(ofText: text)
    if condition == .absent { call.fields = [("if-none-match", "*")] }
    do {
      return try conditionally(call, attempt, condition)
    } catch  where error.code == .noObject {
      // The answer to an earlier try was lost, and the upload has ended since.
      guard let found = try find(uri), found.size > 0, try isOwn(uri, attempt) else { throw error }
      return .written
    }
  }

  private func isOwn(_ uri: ObjectURI, _ attempt: String) throws(ObjectStoreError) -> Bool {
    let reply = try requests.perform(StoreCall("HEAD", uri)).reply
    return reply.head.value(Self.attemptField) == attempt
  }

  /// Removes the parts of an upload; where that fails too, the store's own rules for old uploads must.
  private func abandon(_ uri: ObjectURI, _ upload: String) {
    var call = StoreCall("DELETE", uri)
    call.query = [("uploadId", upload)]
    call.accepted = [404]
    _ = try? requests.perform(call)
  }

  func notAStore(_ uri: ObjectURI) -> ObjectStoreError {
    ObjectStoreError(
      .endpoint,
      "\(uri): what answers there does not speak S3; check AWS_ENDPOINT_URL ("
        + (configuration.endpoint ?? "AWS itself") + ")")
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
