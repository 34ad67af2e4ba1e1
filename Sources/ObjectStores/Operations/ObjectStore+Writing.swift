internal import Documents
internal import HTTPExchanges
internal import Hashing
internal import Storage
internal import Synchronization

/// When an object is written.
public enum PutCondition: Hashable, Sendable {
  /// Whatever is there is replaced.
  case always
  /// Only where nothing is there: of all who write at once, one does.
  case absent
}

/// What became of a write.
public enum PutOutcome: Hashable, Sendable {
  /// The object is there, with these bytes.
  case written
  /// Another object was there already, and stays.
  case alreadyThere
}

extension ObjectStore {
  /// Writes an object of bytes in memory, in one request.
  ///
  /// - Throws: ``ObjectStoreError``.
  @discardableResult
  public func put(
    _ bytes: [UInt8], to uri: ObjectURI, _ condition: PutCondition = .always
  ) throws(ObjectStoreError) -> PutOutcome {
    try put(.bytes(bytes), Digest(of: bytes), to: uri, condition)
  }

  /// Writes an object of a file's bytes: a large one in parts, several at once.
  ///
  /// The file must not change meanwhile. Parts of a write that fails are removed.
  ///
  /// - Throws: ``ObjectStoreError``; `machine` where the file cannot be read.
  @discardableResult
  public func put(
    file path: String, to uri: ObjectURI, _ condition: PutCondition = .always
  ) throws(ObjectStoreError) -> PutOutcome {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch {
      throw ObjectStoreError(.machine, "\(error)")
    }
    if file.count > configuration.partBytes { return try putParts(of: file, to: uri, condition) }
    let range = 0..<file.count
    return try put(.file(file, range), Self.digest(of: file, range), to: uri, condition)
  }

  /// Removes an object; it is no error where there is none.
  public func remove(_ uri: ObjectURI) throws(ObjectStoreError) {
    try Self.requireStore(uri)
    var call = StoreCall("DELETE", uri)
    call.accepted = [404]
    let reply = try requests.perform(call).reply
    if reply.head.status == 404 {
      let fault = StoreFault(reply, of: uri, configuration)
      if fault.name == "NoSuchBucket" { throw fault.error }
    }
  }

  private func put(
    _ body: HTTPRequest.Body, _ digest: Digest, to uri: ObjectURI, _ condition: PutCondition
  ) throws(ObjectStoreError) -> PutOutcome {
    try Self.requireStore(uri)
    var call = StoreCall("PUT", uri)
    call.body = body
    call.bodyDigest = digest
    let attempt = Self.attemptName()
    call.fields = [(Self.attemptField, attempt)]
    if condition == .absent { call.fields.append(("if-none-match", "*")) }
    return try conditionally(call, attempt, condition)
  }

  /// Makes a call that may find that another has written before.
  func conditionally(
    _ call: StoreCall, _ attempt: String, _ condition: PutCondition
  ) throws(ObjectStoreError) -> PutOutcome {
    var call = call
    if condition == .absent { call.accepted = [409, 412] }
    for _ in 0..<max(1, configuration.retries.attempts) {
      let (reply, faults) = try requests.perform(call) { Self.fault(in: $0, call, self) }
      if 200..<300 ~= reply.head.status { return .written }
      // A request whose answer was lost may have been the one that wrote.
      if faults > 0, try isWritten(by: attempt, call.uri) { return .written }
      if reply.head.status == 412 { return .alreadyThere }
      // Two wrote at once, and the store does not say that either was done.
      if try find(call.uri) != nil { return .alreadyThere }
      try Pause.wait(configuration.retries.first, unless: configuration.isStopped)
    }
    throw ObjectStoreError(
      .unavailable, "\(call.uri): others write there all the time; run again later")
  }

  /// An upload in parts may fail after its head has said that it went well.
  private static func fault(
    in reply: HTTPReply, _ call: StoreCall, _ store: ObjectStore
  ) -> ObjectStoreError? {
    guard call.method == "POST", 200..<300 ~= reply.head.status else { return nil }
    let fault = StoreFault(reply, of: call.uri, store.configuration)
    if fault.name.isEmpty { return nil }
    // It is tried again like what did not come whole.
    return ObjectStoreError(.truncated, fault.error.message)
  }

  private func isWritten(by attempt: String, _ uri: ObjectURI) throws(ObjectStoreError) -> Bool {
    var call = StoreCall("HEAD", uri)
    call.accepted = [404]
    return try requests.perform(call).reply.head.value(Self.attemptField) == attempt
  }

  /// The field that tells who wrote an object: a random number of the write.
  static let attemptField = "x-amz-meta-weft-write"

  static func attemptName() -> String {
    String(UInt64.random(in: .min ... .max), radix: 16)
  }

  static func digest(of file: MappedFile, _ range: Range<Int>) -> Digest {
    var hash = SHA256()
    let bytes = file.copy(range)
    hash.update(bytes)
    return hash.finish()
  }

  static func requireStore(_ uri: ObjectURI) throws(ObjectStoreError) {
    guard uri.bucket != nil else {
      throw ObjectStoreError(
        .unsupported, "\(uri): only a bucket can be written to and listed; write s3://bucket/key")
    }
  }
}
