public import Documents
internal import Storage

/// Which images look alike: groups of perceptual hashes that are a few bits apart.
///
/// Two hashes that differ in d bits or fewer have at least three of d + 3 stretches of bits in common, so
/// comparing those that share three stretches finds them all (Manku, Jain and Das Sarma, Detecting
/// near-duplicates for web crawling, WWW 2007). Groups are closed: what is like one of a group is in it.
/// Where more images share stretches than ``mostCompared``, as blank ones do, each is compared with so
/// many, lest the time grow with the square. It takes about 20 bytes of memory an image.
public struct LookAlikes: Sendable {
  /// The images by the first eight bytes of their digests, in ascending order.
  private let images: [UInt64]
  /// The place in ``images`` of the one that stands for each one's group: the least.
  private let representatives: [UInt32]

  /// The most images that share stretches with another and are compared with it.
  static let mostCompared = 1024

  /// The group of an image: that of the least of it; the image itself where it is not known.
  public func group(of image: UInt64) -> UInt64 {
    var (low, high) = (0, images.count)
    while low < high {
      let middle = (low + high) / 2
      if images[middle] < image { low = middle + 1 } else { high = middle }
    }
    guard low < images.count, images[low] == image else { return image }
    return images[Int(representatives[low])]
  }

  /// Calls a function with each image and its group, in ascending order of the images.
  public func forEach(_ body: (_ image: UInt64, _ group: UInt64) throws -> Void) rethrows {
    for (image, representative) in zip(images, representatives) {
      try body(image, images[Int(representative)])
    }
  }

  /// Collects the images of which groups are made.
  public struct Gathering: ~Copyable {
    private let directory: String
    private var sorter: ExternalSorter

    /// Begins; `directory` is for sorting.
    public init(directory: String) {
      self.directory = directory
      sorter = ExternalSorter(directory: directory)
    }

    /// Adds an image, any number of times.
    public mutating func add(_ image: ResolvedImage) throws {
      let prefix = image.digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
      try sorter.add(UInt128(prefix) << 64 | UInt128(image.perceptualHash.bits))
    }

    /// Makes the groups of images that are at most `distance` bits apart.
    public consuming func finish(distance: Int) throws -> LookAlikes {
      var images: [UInt64] = []
      var hashes: [UInt64] = []
      let directory = directory
      try sorter.forEachGroup { image, found in
        images.append(image)
        hashes.append(found[0])
      }
      return try LookAlikes(
        images: images, hashes: hashes, distance: distance, directory: directory)
    }
  }

  private init(
    images: [UInt64], hashes: [UInt64], distance: Int, directory: String
  ) throws {
    precondition((0...61).contains(distance), "hashes of 64 bits are compared")
    var sets = DisjointSets(count: images.count)
    for mask in Self.masks(distance: distance) {
      var sorter = ExternalSorter(directory: directory)
      for (number, hash) in hashes.enumerated() {
        try sorter.add(UInt128(hash & mask) << 64 | UInt128(number))
      }
      try sorter.forEachGroup(ofAtLeast: 2) { _, bucket in
        for (place, one) in bucket.enumerated() {
          for other in bucket.dropFirst(place + 1).prefix(Self.mostCompared) {
            let apart = (hashes[Int(one)] ^ hashes[Int(other)]).nonzeroBitCount
            if apart <= distance { sets.join(UInt32(one), UInt32(other)) }
            // One hash that many images have is joined once and not compared for every two of them.
            if apart == 0 { break }
          }
        }
      }
    }
    self.images = images
    representatives = images.indices.map { sets.representative(of: UInt32($0)) }
  }

  /// The masks of all choices of three of the `distance` + 3 stretches that 64 bits are cut into.
  static func masks(distance: Int) -> [UInt64] {
    let count = distance + 3
    let stretches = (0..<count).map { number -> UInt64 in
      let (start, end) = (number * 64 / count, (number + 1) * 64 / count)
      return (start..<end).reduce(0) { $0 | 1 << UInt64($1) }
    }
    var masks: [UInt64] = []
    for first in 0..<count {
      for second in first + 1..<count {
        for third in second + 1..<count {
          masks.append(stretches[first] | stretches[second] | stretches[third])
        }
      }
    }
    return masks
  }
}
