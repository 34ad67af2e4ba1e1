internal import Compression
internal import Documents

/// A record as it stands in a member.
struct RawRecord {
  var header: WARCHeader
  var block: Decision<[UInt8]>
  /// The length of header and block in the member's bytes.
  var length: Int64
}

extension MemberStream {
  /// Reads the record that begins here.
  ///
  /// Where that fails and the stream is not streaming, no byte is removed.
  mutating func readRecord() -> Decision<RawRecord> {
    let headerLength: Int
    switch findHeaderEnd() {
    case .kept(let length): headerLength = length
    case .dropped(let reason): return .dropped(reason)
    }
    let header: WARCHeader
    do {
      header = try WARCHeader(parsing: copy(0..<headerLength))
    } catch { return .dropped(error.reason) }
    let truncated = Reason(
      .truncatedRecord, detail: "the block should have \(header.blockLength) bytes")
    if let remaining, remaining - Int64(headerLength) < header.blockLength {
      return .dropped(truncated)
    }
    consume(headerLength)
    let length = Int64(headerLength).addingReportingOverflow(header.blockLength)
    guard !length.overflow else { return .dropped(truncated) }
    let block: Decision<[UInt8]>
    if header.blockLength > limits.maximumBlockBytes {
      guard skip(header.blockLength) else { return .dropped(truncated) }
      block = .dropped(
        Reason(
          .recordTooLarge, measured: Double(header.blockLength),
          threshold: Double(limits.maximumBlockBytes)))
    } else {
      guard let bytes = read(Int(header.blockLength)) else { return .dropped(truncated) }
      block = .kept(bytes)
    }
    return .kept(RawRecord(header: header, block: block, length: length.partialValue))
  }

  private mutating func findHeaderEnd() -> Decision<Int> {
    guard require(WARCHeader.versionLineBytes) else {
      return .dropped(Reason(beginsRecord() ? .truncatedRecord : .notARecord))
    }
    guard beginsRecord() else { return .dropped(Reason(.notARecord)) }
    var searched = 0
    while true {
      let end = HeaderText.headerEnd(
        in: bytes.extracting(first: limits.maximumHeaderBytes), from: searched)
      if let end { return .kept(end) }
      // An empty line's own three bytes may lie across the end of what was searched.
      searched = max(0, available - 3)
      if available >= limits.maximumHeaderBytes {
        return .dropped(
          Reason(
            .badRecordHeader, threshold: Double(limits.maximumHeaderBytes),
            detail: "it is too long"))
      }
      if !fill() { return .dropped(Reason(.truncatedRecord, detail: "the header has no end")) }
    }
  }

  /// Whether the bytes at hand begin a record, as far as they go.
  borrowing func beginsRecord() -> Bool {
    let bytes = bytes
    for index in 0..<min(WARCHeader.versionLineBytes, bytes.count) {
      if !WARCHeader.isVersionByte(bytes[index], at: index) { return false }
    }
    return !bytes.isEmpty
  }

  /// Skips CR and LF.
  mutating func skipLineEnds() {
    while require(1) {
      let count = lineEnds()
      let isAll = count == available
      consume(count)
      if !isAll { return }
    }
  }

  private borrowing func lineEnds() -> Int {
    let bytes = bytes
    var count = 0
    while count < bytes.count && bytes[count].isLineEnd { count += 1 }
    return count
  }

  /// Skips at least one byte, up to what looks like the next record, or to the end.
  mutating func skipToRecord() {
    var isFirst = true
    while true {
      let start = isFirst ? 1 : 0
      if let found = bytes.firstOffset(of: WARCHeader.magic, from: start) {
        consume(found)
        isFirst = true
        if !require(WARCHeader.versionLineBytes) {
          consume(available)
          return
        }
        if beginsRecord() { return }
        continue
      }
      // The magic may lie across the end of the window.
      consume(max(min(start, available), available - (WARCHeader.magic.count - 1)))
      isFirst = false
      if !fill() {
        consume(available)
        return
      }
    }
  }
}
