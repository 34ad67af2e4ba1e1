public import Documents
internal import Storage

/// A search for pairs of images whose perceptual hashes are a few bits apart.
///
/// The hashes are sorted once for each of a number of *choices*; what agrees in the stretches of bits of a
/// choice is compared. All choices together find all pairs, and any of them can be searched apart.
/// Where more images agree than ``mostCompared``, as blank ones do, each is compared with so
/// many, lest the time grow with the square. Of pairs that join the same images as others do one is
/// left out; ``LookAlikes`` are the same. Memory does not grow with the images.
public struct LookAlikeSearch: ~Copyable {
  private let directory: String
  private let distance: Int
  private var sorter: ExternalSorter

  /// The most images that agree with another and are compared with it.
  static let mostCompared = 1024

  /// How many choices there are for hashes that are at most `distance` bits apart.
  public static func choices(distance: Int) -> Int { BitStretches.count(distance: distance) }

  /// Begins; `directory` is for sorting and no other search's.
  public init(distance: Int, directory: String) {
    self.distance = distance
    self.directory = directory
    sorter = ExternalSorter(directory: directory + "/images")
  }

  /// Adds an image, any number of times.
  public mutating func add(_ image: ResolvedImage) throws {
    let prefix = image.digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    try sorter.add(UInt128(prefix) << 64 | UInt128(image.perceptualHash.bits))
  }

  /// Writes the pairs that some choices find, by the first eight bytes of their digests.
  ///
  /// - Parameter check: Called now and then; what it throws ends the search.
  public consuming func write(
    choices: Range<Int>, to path: String, checking check: () throws -> Void = {}
  ) throws {
    let (directory, distance) = (directory, distance)
    let list = directory + "/hashes"
    let hashes = try AtomicFile(path: list)
    try sorter.forEachGroup { image, found in try hashes.write(words: [image, found[0]]) }
    try hashes.commit()
    let images = try MappedFile(path: list)
    var pairs = ExternalSorter(directory: directory + "/pairs", memoryBytes: 64 << 20)
    for choice in BitStretches.choices(choices, distance: distance) {
      try check()
      try Self.search(images, choice, distance, directory, pairs: &pairs)
    }
    let file = try AtomicFile(path: path)
    var last: UInt128?
    try pairs.forEach { pair in
      if pair == last { return }
      last = pair
      try file.write(
        words: [UInt64(truncatingIfNeeded: pair >> 64), UInt64(truncatingIfNeeded: pair)])
    }
    try file.commit()
    try FileSystem.remove(list)
  }

  private static func search(
    _ images: MappedFile, _ choice: BitStretches, _ distance: Int, _ directory: String,
    pairs: inout ExternalSorter
  ) throws {
    var sorted = ExternalSorter(directory: directory + "/sorted")
    let step = 1 << 14
    for start in stride(from: 0, to: images.count / 8, by: step) {
      let end = min(images.count / 8, start + step)
      let words = images.words(start..<end)
      for place in stride(from: 0, to: words.count, by: 2) {
        try sorted.add(UInt128(choice.ordered(words[place + 1])) << 64 | UInt128(words[place]))
      }
      images.release(start * 8..<end * 8)
    }
    var bucket = AgreeingImages(directory: directory + "/bucket")
    var key: UInt64?
    try sorted.forEach { entry in
      let ordered = UInt64(truncatingIfNeeded: entry >> 64)
      if key != choice.chosen(of: ordered) {
        try bucket.compare(distance: distance, into: &pairs)
        key = choice.chosen(of: ordered)
      }
      try bucket.add(UInt64(truncatingIfNeeded: entry), hash: choice.restored(ordered))
    }
    try bucket.compare(distance: distance, into: &pairs)
  }
}

/// The images that agree in some bits, put into their own order before they are compared.
private struct AgreeingImages: ~Copyable {
  private let directory: String
  private var count = 0
  private var first: UInt128 = 0
  private var sorter: ExternalSorter?

  init(directory: String) { self.directory = directory }

  mutating func add(_ image: UInt64, hash: UInt64) throws {
    let item = UInt128(image) << 64 | UInt128(hash)
    count += 1
    // Most agree with no other; those need no sorter.
    if count == 1 { return first = item }
    if count == 2 {
      sorter = ExternalSorter(directory: directory, memoryBytes: 64 << 20)
      try sorter?.add(first)
    }
    try sorter?.add(item)
  }

  /// Adds the pairs among them, and begins anew without any.
  mutating func compare(distance: Int, into pairs: inout ExternalSorter) throws {
    count = 0
    guard let found = sorter.take() else { return }
    var window = ComparedImages(distance: distance)
    try found.forEach { item in
      try window.add(
        UInt64(truncatingIfNeeded: item >> 64), hash: UInt64(truncatingIfNeeded: item)
      ) { one, other in
        try pairs.add(UInt128(one) << 64 | UInt128(other))
      }
    }
  }
}

/// Compares each image with those that follow it, at most ``LookAlikeSearch/mostCompared`` of them.
private struct ComparedImages {
  private struct Open {
    var image: UInt64
    var hash: UInt64
    /// How many more it is compared with.
    var left = LookAlikeSearch.mostCompared
    /// What it is known to belong to.
    var component: Int
  }

  let distance: Int
  private var open: [Open] = []
  private var components = 0

  init(distance: Int) { self.distance = distance }

  mutating func add(
    _ image: UInt64, hash: UInt64, pair: (UInt64, UInt64) throws -> Void
  ) rethrows {
    var component: Int?
    var kept = 0
    for index in open.indices {
      var one = open[index]
      let apart = (one.hash ^ hash).nonzeroBitCount
      if apart <= distance && one.component != component {
        try pair(one.image, image)
        one.component = join(component, one.component)
        component = one.component
      }
      one.left -= 1
      // One hash that many images have is joined once and not compared for every two of them.
      if apart == 0 || one.left == 0 { continue }
      open[kept] = one
      kept += 1
    }
    open.removeSubrange(kept...)
    if component == nil { components += 1 }
    open.append(Open(image: image, hash: hash, component: component ?? components))
  }

  /// Makes one of two components, where there are two.
  private mutating func join(_ component: Int?, _ other: Int) -> Int {
    guard let component else { return other }
    for index in open.indices where open[index].component == other {
      open[index].component = component
    }
    return component
  }
}
