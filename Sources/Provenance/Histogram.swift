public import Documents

/// How often values of a metric occur, in buckets whose width grows with the value.
public struct Histogram: Hashable, Sendable, Codable {
  /// What is measured.
  public enum Metric: String, Hashable, Sendable, Codable, CaseIterable {
    /// Characters of the documents that were extracted.
    case documentCharacters
    /// Characters of the documents of the interleaved corpus.
    case interleavedCharacters
    /// Images of the documents of the interleaved corpus.
    case interleavedImages
    /// Characters of the documents of the text corpus.
    case textCharacters
    /// Characters of the captions of the pairs corpus.
    case captionCharacters
    /// Characters of the examples of instruction tuning.
    case instructionCharacters
    /// Widths in pixels of the images that were decoded.
    case imageWidth
    /// Heights in pixels of the images that were decoded.
    case imageHeight
    /// Sizes in bytes of the image files that were decoded.
    case imageBytes
    /// Tokens of the sequences of the interleaved corpus.
    case interleavedPositions
    /// Tokens of the sequences of the pairs corpus.
    case pairPositions
    /// Tokens of the sequences of the text corpus.
    case textPositions
    /// Tokens of the sequences of instruction tuning.
    case instructionPositions
    /// Positions that the sequences of the interleaved corpus leave free.
    case interleavedUnused
    /// Positions that the sequences of the pairs corpus leave free.
    case pairUnused
    /// Positions that the sequences of the text corpus leave free.
    case textUnused
    /// Positions that the sequences of instruction tuning leave free.
    case instructionUnused
    /// Root mean squares of the features of images, in thousandths.
    case featureMagnitude

    /// Tokens of the sequences of a corpus.
    public static func positions(_ corpus: Corpus) -> Metric {
      switch corpus {
      case .interleaved: .interleavedPositions
      case .pairs: .pairPositions
      case .text: .textPositions
      case .instructions: .instructionPositions
      }
    }

    /// Positions that the sequences of a corpus leave free.
    public static func unused(_ corpus: Corpus) -> Metric {
      switch corpus {
      case .interleaved: .interleavedUnused
      case .pairs: .pairUnused
      case .text: .textUnused
      case .instructions: .instructionUnused
      }
    }
  }

  /// The values from `lower` up to, not including, `upper`.
  public struct Bucket: Hashable, Sendable, Codable {
    /// The smallest value.
    public var lower: Int
    /// The value after the largest.
    public var upper: Int
    /// How many values there are.
    public var count: Int

    /// Makes a bucket from its parts.
    public init(lower: Int, upper: Int, count: Int) {
      self.lower = lower
      self.upper = upper
      self.count = count
    }
  }

  /// What is measured.
  public var metric: Metric
  /// The buckets that are not empty, by rising value.
  public var buckets: [Bucket]
  /// The sum of the values.
  public var total: Int

  /// Makes a histogram from its parts.
  public init(metric: Metric, buckets: [Bucket], total: Int) {
    self.metric = metric
    self.buckets = buckets
    self.total = total
  }

  /// How many values were counted.
  public var count: Int { buckets.reduce(0) { $0 + $1.count } }

  /// The mean value; `nil` where nothing was counted.
  public var mean: Double? { count == 0 ? nil : Double(total) / Double(count) }

  /// The bucket in which a fraction of the values is reached; `nil` where nothing was counted.
  public func quantile(_ fraction: Double) -> Bucket? {
    let rank = fraction * Double(count)
    var seen = 0
    for bucket in buckets {
      seen += bucket.count
      if Double(seen) >= rank { return bucket }
    }
    return buckets.last
  }

  /// The smallest value of a value's bucket: exact below 16, and eight buckets for each doubling
  /// above, as HdrHistogram has them.
  static func bucket(of value: Int) -> Int {
    guard value >= 16 else { return max(value, 0) }
    return value & ~(width(of: value) - 1)
  }

  /// The width of a value's bucket.
  static func width(of value: Int) -> Int {
    value < 16 ? 1 : 1 << (Int.bitWidth - 1 - value.leadingZeroBitCount - 3)
  }
}

extension Histogram {
  /// Values on their way into a histogram.
  struct Builder {
    /// How many values each bucket has, and their sum, by the bucket's smallest value.
    private(set) var sums: [Int: (count: Int, total: Int)] = [:]

    /// Adds a value a number of times; one below 0 counts as 0.
    mutating func add(_ value: Int, times: Int = 1) {
      let value = max(value, 0)
      let bucket = Histogram.bucket(of: value)
      let old = sums[bucket] ?? (0, 0)
      sums[bucket] = (old.count + times, old.total + value * times)
    }

    /// The histogram of the values.
    func histogram(of metric: Metric) -> Histogram {
      let buckets = sums.sorted { $0.key < $1.key }.map { lower, sums in
        Bucket(lower: lower, upper: lower + Histogram.width(of: lower), count: sums.count)
      }
      return Histogram(
        metric: metric, buckets: buckets, total: sums.values.reduce(0) { $0 + $1.total })
    }
  }
}
