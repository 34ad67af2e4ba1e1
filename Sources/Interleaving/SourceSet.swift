/// The candidates of a `srcset` attribute
/// <https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>.
enum SourceSet {
  /// One candidate: an address and its width in pixels, or its density.
  struct Candidate: Equatable {
    var address: String
    var width: Double?
    var density: Double?
  }

  /// The most candidates that are read of one attribute.
  private static let maximumCandidates = 64

  /// The candidate that is at least ``ImageSources/preferredWidth`` wide and the least of those; the
  /// widest where none is.
  ///
  /// `sizes` says how wide the image is shown; a density is a width by it, or by the preferred width
  /// where it says nothing.
  static func best(_ text: String, sizes: String?) -> String? {
    let shown = sizes.flatMap(shownWidth)
    let wanted =
      shown.map { min($0 * 2, ImageSources.preferredWidth) } ?? ImageSources.preferredWidth
    var best: (candidate: Candidate, width: Double)?
    for candidate in parse(text) where !StandIn.isStandIn(candidate.address) {
      let width = candidate.width ?? (candidate.density ?? 1) * wanted / 2
      guard let current = best else {
        best = (candidate, width)
        continue
      }
      let isBetter =
        current.width < wanted ? width > current.width : width >= wanted && width < current.width
      if isBetter { best = (candidate, width) }
    }
    return best?.candidate.address
  }

  /// The last size of a `sizes` attribute, in CSS pixels, where it is given in pixels.
  private static func shownWidth(_ sizes: String) -> Double? {
    guard let last = sizes.split(separator: ",").last?.split(separator: " ").last,
      last.hasSuffix("px")
    else { return nil }
    return Double(last.dropLast(2)).flatMap { $0 > 0 ? $0 : nil }
  }

  /// Reads the candidates of an attribute.
  static func parse(_ text: String) -> [Candidate] {
    let bytes = Array(text.utf8)
    var candidates: [Candidate] = []
    var at = 0
    while candidates.count < maximumCandidates {
      while at < bytes.count, isSpace(bytes[at]) || bytes[at] == UInt8(ascii: ",") { at += 1 }
      guard at < bytes.count else { break }
      let start = at
      while at < bytes.count, !isSpace(bytes[at]) { at += 1 }
      var end = at
      while end > start, bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
      guard end > start else { continue }
      var candidate = Candidate(address: String(decoding: bytes[start..<end], as: UTF8.self))
      // A comma at the end of an address ends the candidate.
      if end == at { readDescriptors(bytes, &at, &candidate) }
      candidates.append(candidate)
    }
    return candidates
  }

  private static func readDescriptors(
    _ bytes: [UInt8], _ at: inout Int, _ candidate: inout Candidate
  ) {
    let end = bytes[at...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
    for descriptor in bytes[at..<end].split(whereSeparator: isSpace) {
      let value = Double(String(decoding: descriptor.dropLast(), as: UTF8.self))
      guard let value, value > 0, value.isFinite else { continue }
      switch descriptor.last {
      case UInt8(ascii: "w"): candidate.width = value
      case UInt8(ascii: "x"): candidate.density = value
      default: continue
      }
    }
    at = end
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 12 || byte == 13
  }
}
