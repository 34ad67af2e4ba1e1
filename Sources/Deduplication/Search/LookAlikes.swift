internal import Storage

/// Which images look alike: groups of those that ``LookAlikeSearch`` found to be a few bits apart.
///
/// Groups are closed: what is like one of a group is in it. An image that is like no other is a group
/// of its own and takes no memory; the others take about 16 bytes each.
public struct LookAlikes: Sendable {
  /// The images that are like others, by the first eight bytes of their digests, in ascending order.
  public let images: [UInt64]
  /// The place in ``images`` of the one that stands for each one's group: the least.
  private let representatives: [UInt32]

  /// No image is like another.
  public init() {
    images = []
    representatives = []
  }

  /// Joins the pairs of several files.
  ///
  /// - Parameters:
  ///   - paths: What ``LookAlikeSearch`` wrote, in any order.
  ///   - directory: Where images are sorted.
  /// - Throws: ``DeduplicationError`` where a file is damaged.
  public init(pairs paths: [String], directory: String) throws {
    let files = try paths.map { try ImagePairs(path: $0) }
    var sorter = ExternalSorter(directory: directory)
    for file in files {
      try file.forEach { one, other in
        try sorter.add(UInt128(one))
        try sorter.add(UInt128(other))
      }
    }
    var images: [UInt64] = []
    try sorter.forEach { key in
      let image = UInt64(truncatingIfNeeded: key)
      if images.last != image { images.append(image) }
    }
    var sets = DisjointSets(count: images.count)
    for file in files {
      try file.forEach { one, other in
        guard let one = Self.place(of: one, in: images),
          let other = Self.place(of: other, in: images)
        else { preconditionFailure("both of a pair are listed") }
        sets.join(UInt32(one), UInt32(other))
      }
    }
    self.images = images
    representatives = images.indices.map { sets.representative(of: UInt32($0)) }
  }

  /// The place of an image in ``images``; `nil` where it is like no other.
  public func place(of image: UInt64) -> Int? { Self.place(of: image, in: images) }

  /// The place in ``images`` of the one that stands for the group of the one at a place.
  public func representative(at place: Int) -> Int { Int(representatives[place]) }

  /// The group of an image: that of the least of it; the image itself where it is like no other.
  public func group(of image: UInt64) -> UInt64 {
    place(of: image).map { images[representative(at: $0)] } ?? image
  }

  private static func place(of image: UInt64, in images: [UInt64]) -> Int? {
    var (low, high) = (0, images.count)
    while low < high {
      let middle = (low + high) / 2
      if images[middle] < image { low = middle + 1 } else { high = middle }
    }
    return low < images.count && images[low] == image ? low : nil
  }
}

/// A file of pairs of images: two words each.
private struct ImagePairs {
  private let file: MappedFile

  init(path: String) throws {
    file = try MappedFile(path: path)
    guard file.count % 16 == 0 else { throw damaged }
  }

  /// Calls a function with each pair.
  func forEach(_ body: (UInt64, UInt64) throws -> Void) throws {
    let step = 1 << 14
    for start in stride(from: 0, to: file.count / 8, by: step) {
      let end = min(file.count / 8, start + step)
      let words = file.words(start..<end)
      for place in stride(from: 0, to: words.count, by: 2) {
        guard words[place] < words[place + 1] else { throw damaged }
        try body(words[place], words[place + 1])
      }
      file.release(start * 8..<end * 8)
    }
  }

  private var damaged: DeduplicationError {
    DeduplicationError(damaged: file.path, "the file is damaged")
  }
}
