internal import Deduplication

/// Which groups of look-alikes concern a range of digests: those of which any image is in it.
struct RangeGroups {
  let alike: LookAlikes
  let ranges: HashRanges
  let range: Int
  /// The places of the images of the range among those that are like others.
  let members: Range<Int>
  /// Whether the group that an image stands for has an image of the range, by its place.
  private let isTaken: [Bool]

  init(alike: LookAlikes, ranges: HashRanges, range: Int) {
    self.alike = alike
    self.ranges = ranges
    self.range = range
    let images = alike.images
    // The number of the range grows with the image.
    let first = images.partitioningIndex { ranges.range(of: $0) >= range }
    members = first..<images.partitioningIndex { ranges.range(of: $0) > range }
    var isTaken = [Bool](repeating: false, count: images.count)
    for place in members { isTaken[alike.representative(at: place)] = true }
    self.isTaken = isTaken
  }

  /// Whether the pages of a group are counted for this range.
  func takes(_ group: UInt64) -> Bool {
    alike.place(of: group).map { isTaken[$0] } ?? (ranges.range(of: group) == range)
  }
}

/// Makes of the counts of groups those of their images of a range, in ascending order of the images.
struct GroupRows {
  private let groups: RangeGroups
  /// The counts of groups by the places of the images that stand for them; 0 where no page shows one.
  private var counts: [UInt64]
  private var next: Int

  init(_ groups: RangeGroups) {
    self.groups = groups
    counts = [UInt64](repeating: 0, count: groups.alike.images.count)
    next = groups.members.lowerBound
  }

  /// Adds the count of a group; groups come in ascending order.
  ///
  /// - Parameter row: Called with images and their counts.
  mutating func add(
    _ group: UInt64, count: UInt64, row: (UInt64, UInt64) throws -> Void
  ) rethrows {
    try emit(below: group, row: row)
    if let place = groups.alike.place(of: group) {
      counts[place] = count
    } else {
      try row(group, count)
    }
  }

  /// Ends with the images that are left.
  mutating func finish(row: (UInt64, UInt64) throws -> Void) rethrows {
    try emit(below: nil, row: row)
  }

  /// A group stands for the least of its images, so that its count is known before any of them is due.
  private mutating func emit(
    below limit: UInt64?, row: (UInt64, UInt64) throws -> Void
  ) rethrows {
    while next < groups.members.upperBound {
      let image = groups.alike.images[next]
      if let limit, image >= limit { return }
      let count = counts[groups.alike.representative(at: next)]
      if count > 0 { try row(image, count) }
      next += 1
    }
  }
}

extension Array {
  /// The first index from which on a condition holds, where it holds for all after one for which it does.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
