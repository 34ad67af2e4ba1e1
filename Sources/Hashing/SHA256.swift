internal import COpenSSL
public import Documents

/// A running SHA-256 digest (FIPS 180-4), computed by OpenSSL's libcrypto.
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Begins a digest of no bytes.
  public init() {
    // libcrypto fails here only where it cannot allocate, and then nothing else works either.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto cannot begin a SHA-256 digest")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes to the digest.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ add($0.baseAddress, $0.count) }) == nil {
      let copy = Array(bytes)
      copy.withUnsafeBufferPointer { add($0.baseAddress, $0.count) }
    }
  }

  /// Adds bytes to the digest.
  public mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { add($0.baseAddress, $0.count) }
  }

  /// Ends the digest.
  public consuming func finish() -> Digest {
    let bytes = [UInt8](unsafeUninitializedCapacity: Digest.byteCount) { buffer, count in
      var length: UInt32 = 0
      guard let start = buffer.baseAddress, EVP_DigestFinal_ex(context, start, &length) == 1 else {
        fatalError("libcrypto cannot end a SHA-256 digest")
      }
      count = Int(length)
    }
    guard let digest = Digest(bytes: bytes) else { fatalError("a SHA-256 digest has 32 bytes") }
    return digest
  }

  private func add(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    guard let start, count > 0 else { return }
    if EVP_DigestUpdate(context, start, count) != 1 {
      fatalError("libcrypto cannot go on with a SHA-256 digest")
    }
  }
}

extension Digest {
  /// Digests bytes.
  public init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    hash.update(bytes)
    self = hash.finish()
  }

  /// Digests bytes.
  public init(of bytes: Span<UInt8>) {
    var hash = SHA256()
    hash.update(bytes)
    self = hash.finish()
  }
}
