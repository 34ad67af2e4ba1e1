/// A part of the work of comparing: some bands whole, or one range of the hashes of one band.
public struct BandShare: Hashable, Sendable, Codable {
  /// The bands.
  public let bands: Range<Int>
  /// Which of their hashes.
  public let range: HashRange

  /// Makes a share of bands and a range of hashes.
  public init(_ bands: Range<Int>, _ range: HashRange = .all) {
    (self.bands, self.range) = (bands, range)
  }

  /// All bands of some documents, divided.
  ///
  /// - Parameter most: How many entries a share has at the most, on average: one is a band of a document.
  public static func shares(of bands: Int, documents: Int, atMost most: Int) -> [BandShare] {
    precondition(most > 0, "a share has entries")
    if documents > most {
      let ranges = HashRange.ranges(for: documents, atMost: most)
      return (0..<bands).flatMap { band in ranges.map { BandShare(band..<band + 1, $0) } }
    }
    let step = documents == 0 ? bands : min(bands, most / documents)
    return stride(from: 0, to: bands, by: max(1, step)).map {
      BandShare($0..<min(bands, $0 + max(1, step)))
    }
  }
}
