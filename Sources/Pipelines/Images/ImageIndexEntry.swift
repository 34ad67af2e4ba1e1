internal import Documents

/// What an image URL leads to, as the image index holds it.
struct ImageIndexEntry: Hashable {
  /// What there is behind a URL.
  enum Target: Hashable {
    /// A response that could be decoded.
    case image(ResolvedImage)
    /// A response that could not.
    case fault(Reason)
    /// A redirect to another URL.
    case redirect(ImageURLKey)
  }

  /// The URL.
  var key: ImageURLKey
  /// What is behind it.
  var target: Target
}

extension ImageIndexEntry {
  private enum Kind: UInt8 { case image, fault, redirect }

  /// The entry as bytes, numbers with their least significant byte first.
  var bytes: [UInt8] {
    var packed = PackedBytes()
    packed.append(key.url)
    switch target {
    case .image(let image):
      packed.append(Kind.image.rawValue)
      packed.append(image)
    case .fault(let reason):
      packed.append(Kind.fault.rawValue)
      packed.append(reason)
    case .redirect(let key):
      packed.append(Kind.redirect.rawValue)
      packed.append(key.url)
    }
    return packed.bytes
  }

  /// Reads an entry; `nil` where the bytes are none.
  init?(bytes: [UInt8]) {
    var packed = PackedReader(bytes: bytes)
    guard let url = packed.text(), let kind = packed.number(UInt8.self).flatMap(Kind.init)
    else { return nil }
    key = ImageURLKey(normalized: url)
    let found: Target? =
      switch kind {
      case .image: packed.image().map(Target.image)
      case .fault: packed.reason().map(Target.fault)
      case .redirect: packed.text().map { .redirect(ImageURLKey(normalized: $0)) }
      }
    guard let found, packed.isAtEnd else { return nil }
    target = found
  }
}

extension PackedBytes {
  fileprivate mutating func append(_ image: ResolvedImage) {
    bytes += image.digest.bytes
    bytes += image.record.bytes
    append(UInt8(ResolvedImage.Format.allCases.firstIndex(of: image.format) ?? 0))
    append(UInt8(image.isSingleColour ? 1 : 0))
    append(UInt32(image.width))
    append(UInt32(image.height))
    append(Int64(image.byteCount))
    append(image.perceptualHash.bits)
    append(image.unsafeScore?.bitPattern)
    append(Int64(image.location.input))
    append(image.location.memberOffset)
    append(image.location.memberLength)
    append(image.location.recordOffset)
    append(image.location.recordLength)
  }

  fileprivate mutating func append(_ reason: Reason) {
    append(reason.code.rawValue)
    append(reason.measured?.bitPattern)
    append(reason.threshold?.bitPattern)
    append(UInt8(reason.detail == nil ? 0 : 1))
    if let detail = reason.detail { append(detail) }
  }
}

extension PackedReader {
  fileprivate mutating func image() -> ResolvedImage? {
    guard let digest = take(Digest.byteCount).flatMap({ Digest(bytes: $0) }),
      let record = take(RecordID.byteCount).flatMap({ RecordID(bytes: $0) }),
      let format = number(UInt8.self).map(Int.init), format < ResolvedImage.Format.allCases.count,
      let flags = number(UInt8.self), let width = number(UInt32.self),
      let height = number(UInt32.self), let byteCount = number(Int64.self),
      let hash = number(UInt64.self), let score = optional(), let location = location()
    else { return nil }
    var image = ResolvedImage(
      digest: digest, format: ResolvedImage.Format.allCases[format], width: Int(width),
      height: Int(height), byteCount: Int(byteCount), isSingleColour: flags & 1 == 1,
      perceptualHash: PerceptualHash(bits: hash), record: record, location: location)
    image.unsafeScore = score.map(Double.init(bitPattern:))
    return image
  }

  private mutating func location() -> RecordLocation? {
    guard let input = number(Int64.self), let memberOffset = number(Int64.self),
      let memberLength = number(Int64.self), let recordOffset = number(Int64.self),
      let recordLength = number(Int64.self)
    else { return nil }
    return RecordLocation(
      input: Int(input), memberOffset: memberOffset, memberLength: memberLength,
      recordOffset: recordOffset, recordLength: recordLength)
  }

  fileprivate mutating func reason() -> Reason? {
    guard let code = text(), let measured = optional(), let threshold = optional(),
      let hasDetail = number(UInt8.self)
    else { return nil }
    let detail = hasDetail == 1 ? text() : nil
    if hasDetail == 1 && detail == nil { return nil }
    return Reason(
      Reason.Code(code), measured: measured.map(Double.init(bitPattern:)),
      threshold: threshold.map(Double.init(bitPattern:)), detail: detail)
  }
}
