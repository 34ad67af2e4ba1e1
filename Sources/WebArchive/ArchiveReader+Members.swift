internal import Documents
internal import Hashing
internal import Storage

extension ArchiveReader {
  /// The next item of the open member; `nil` where it ended without another.
  mutating func nextInMember() -> ArchiveItem? {
    while var member {
      stream.skipLineEnds()
      if stream.format == .plain && member.toldEnd == 0 && stream.offset > 0 {
        member.lose(from: 0, Reason(.garbage))
      }
      guard stream.require(1) else {
        self.member = nil
        return stream.format == .plain ? endFile(member) : endMember(member)
      }
      let start = stream.offset
      switch stream.readRecord() {
      case .kept(let raw):
        let anchor = stream.fillOffset
        stream.skipLineEnds()
        if let reason = distrust() {
          member.lose(from: start, reason)
          self.member = member
          continue
        }
        let record = record(raw, at: start, in: member)
        let damage = member.loss.map { lossBeforeRecord($0, upTo: start) }
        member.tell(upTo: stream.offset, anchor: anchor)
        self.member = member
        guard let damage else { return record }
        waiting = record
        return damage
      case .dropped(let reason):
        member.lose(from: start, reason)
        self.member = member
        salvage(after: start)
      }
    }
    return nil
  }

  /// Why the record just read is not to be trusted.
  ///
  /// Before the place where decompression fails, bytes may be wrong already: a record counts only
  /// where another follows it.
  private mutating func distrust() -> Reason? {
    if stream.isSuspect && !stream.beginsRecord() {
      if case .failed(let reason) = stream.ending { return reason }
      return Reason(.damagedMember)
    }
    if case .failed(let reason) = stream.ending, !stream.require(1) { return reason }
    return nil
  }

  private mutating func record(
    _ raw: RawRecord, at start: Int64, in member: OpenMember
  ) -> ArchiveItem {
    var location = RecordLocation(
      input: input, memberOffset: Int64(stream.memberOffset), memberLength: 0,
      recordOffset: start, recordLength: raw.length)
    if stream.format == .plain {
      location.memberOffset = start
      location.memberLength = stream.offset - start
      location.recordOffset = 0
      coverage.records += location.memberLength
    } else if member.records == 0, !stream.require(1) {
      location.memberLength = Int64(stream.position - stream.memberOffset)
    }
    let id = RecordID(
      archive: digest, memberOffset: location.memberOffset, recordOffset: location.recordOffset)
    return .record(WARCRecord(header: raw.header, id: id, location: location, block: raw.block))
  }

  /// Goes to the next record inside the open member, after one that cannot be read.
  private mutating func salvage(after start: Int64) {
    if stream.offset > start {
      // A member that failed is looked through from the place where it failed.
      if case .failed = stream.ending { return stream.consume(stream.available) }
      // The record told a length that reaches beyond the member, so the records after it were read
      // over. They are found by decompressing once more.
      guard spend(stream.position - stream.memberOffset) else { return }
      stream.open(at: stream.memberOffset, inOneGo: false)
      guard stream.skip(start) else { return }
    }
    stream.skipToRecord()
  }

  private mutating func spend(_ bytes: Int) -> Bool {
    guard bytes <= rereadBudget else { return false }
    rereadBudget -= bytes
    return true
  }

  /// Tells of bytes between records of a sound member or a plain file.
  private mutating func lossBeforeRecord(_ loss: OpenMember.Loss, upTo end: Int64) -> ArchiveItem {
    if stream.format == .plain { return damage(Int(loss.start)..<Int(end), loss.reason) }
    return damage(
      stream.memberOffset..<stream.memberOffset, loss.reason,
      location: location(of: loss.start..<end))
  }

  private func location(of range: Range<Int64>) -> RecordLocation {
    RecordLocation(
      input: input, memberOffset: Int64(stream.memberOffset), memberLength: 0,
      recordOffset: range.lowerBound, recordLength: range.upperBound - range.lowerBound)
  }

  private mutating func endFile(_ member: OpenMember) -> ArchiveItem? {
    position = file.count
    return member.loss.map { damage(Int($0.start)..<file.count, $0.reason) }
  }

  private mutating func endMember(_ member: OpenMember) -> ArchiveItem? {
    let start = stream.memberOffset
    if case .failed(let reason) = stream.ending { return endFailedMember(member, reason) }
    position = stream.position
    guard member.records > 0 else {
      return damage(start..<position, member.loss?.reason ?? Reason(.emptyMember))
    }
    coverage.records += Int64(position - start)
    return member.loss.map { lossBeforeRecord($0, upTo: stream.offset) }
  }

  private mutating func endFailedMember(_ member: OpenMember, _ reason: Reason) -> ArchiveItem {
    let start = stream.memberOffset
    let lossStart = member.records > 0 ? member.anchor : start
    // A decompressor that was led astray may have read on into the members that follow.
    let isReread = spend(stream.position - lossStart)
    position = resynchroniser.nextMember(
      from: isReread ? lossStart + 1 : max(stream.position, lossStart + 1))
    if member.records > 0 {
      coverage.records += Int64(lossStart - start)
      let lost = location(of: (member.loss?.start ?? member.toldEnd)..<stream.produced)
      return damage(lossStart..<position, reason, location: lost)
    }
    return damage(start..<position, reason)
  }
}

extension OpenMember {
  /// Notes that bytes from an offset on are no record; the first reason counts.
  mutating func lose(from start: Int64, _ reason: Reason) {
    if loss == nil { loss = Loss(start: start, reason: reason) }
  }

  /// Notes a record that ends, its line ends included, at an offset.
  mutating func tell(upTo end: Int64, anchor: Int) {
    records += 1
    toldEnd = end
    self.anchor = anchor
    loss = nil
  }
}
