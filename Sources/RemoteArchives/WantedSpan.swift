internal import Storage
internal import WebArchive

/// A range of an archive that is read at once, and the stretches of it that are wanted.
struct WantedSpan {
  /// In order, and without overlaps.
  var stretches: [Range<Int64>]

  /// What is read.
  var bytes: Range<Int64> {
    guard let first = stretches.first, let last = stretches.last else { return 0..<0 }
    return first.lowerBound..<last.upperBound
  }

  /// How many bytes of it are wanted.
  var wantedBytes: Int64 { stretches.reduce(0) { $0 + Int64($1.count) } }

  /// Joins stretches that are near to each other.
  ///
  /// - Parameters:
  ///   - stretches: In order, and without overlaps.
  ///   - gap: How many bytes that nobody wants may be read between two of them.
  static func all(of stretches: [Range<Int64>], bridging gap: Int64) -> [WantedSpan] {
    var spans: [WantedSpan] = []
    for stretch in stretches {
      if let last = spans.last, stretch.lowerBound <= last.bytes.upperBound + gap {
        spans[spans.count - 1].stretches.append(stretch)
      } else {
        spans.append(WantedSpan(stretches: [stretch]))
      }
    }
    return spans
  }
}

/// Cuts wanted stretches of an archive out of the pieces of spans, so that memory holds nothing else.
struct StretchCutter {
  /// What the excerpts are called.
  let name: String
  /// What is wanted, in order.
  var stretches: [Range<Int64>] = []
  /// What has come whole so far.
  private(set) var excerpts: [ArchiveExcerpt] = []
  private var held: [UInt8] = []

  init(name: String) { self.name = name }

  /// Takes the next piece of the archive, of which nothing comes twice.
  mutating func take(_ piece: [UInt8], at offset: Int64) {
    let end = offset + Int64(piece.count)
    while excerpts.count < stretches.count {
      let stretch = stretches[excerpts.count]
      let start = max(stretch.lowerBound, offset)
      if start >= end { return }
      held += piece[Int(start - offset)..<Int(min(stretch.upperBound, end) - offset)]
      if stretch.upperBound > end { return }
      excerpts.append(
        ArchiveExcerpt(
          offset: stretch.lowerBound, file: MappedFile(holding: held, as: name)))
      held.removeAll(keepingCapacity: true)
    }
  }
}
