internal import Documents

/// How the counts of a partition change when things are taken out of what it made.
struct CountsChange {
  private struct Change {
    var entered = 0
    var kept = 0
    var dropped: [String: Int] = [:]
  }

  private var changes: [StageCounts.Unit: Change] = [:]

  /// Things that went on, and are dropped as forgotten instead.
  mutating func drop(_ unit: StageCounts.Unit, _ count: Int = 1) {
    change(unit) {
      $0.kept -= count
      $0.dropped[Reason.Code.forgotten.rawValue, default: 0] += count
    }
  }

  /// Things that went on, and do not enter any more.
  mutating func remove(kept unit: StageCounts.Unit, _ count: Int = 1) {
    change(unit) {
      $0.entered -= count
      $0.kept -= count
    }
  }

  /// Something that was dropped, and does not enter any more.
  mutating func remove(dropped unit: StageCounts.Unit, _ reason: Reason.Code) {
    change(unit) {
      $0.entered -= 1
      $0.dropped[reason.rawValue, default: 0] -= 1
    }
  }

  /// The counts after the change.
  func applied(to counts: StageCounts) -> StageCounts {
    var result = counts
    for (unit, change) in changes {
      let tally = counts[unit]
      var dropped = tally.dropped.merging(change.dropped, uniquingKeysWith: +)
      dropped = dropped.filter { $0.value > 0 }
      result[unit] = Tally(
        entered: tally.entered + change.entered, kept: tally.kept + change.kept, dropped: dropped)
    }
    return result
  }

  private mutating func change(_ unit: StageCounts.Unit, _ body: (inout Change) -> Void) {
    body(&changes[unit, default: Change()])
  }
}
