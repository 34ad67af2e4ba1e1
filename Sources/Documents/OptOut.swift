/// A way in which a site says that its images must not be used to train models.
public enum OptOut: String, Hashable, Sendable, Codable, CaseIterable {
  /// `noai` in `X-Robots-Tag` or a robots `meta`: not for models.
  case noai
  /// `noimageai`: images not for models.
  case noimageai
  /// `noindex`: not to be indexed at all.
  case noindex
  /// `noimageindex`: images not to be indexed.
  case noimageindex
  /// `tdm-reservation: 1`: text and data mining is reserved
  /// <https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/>.
  case tdmReservation = "tdm-reservation"

  /// The opt-outs that a value of `X-Robots-Tag` holds for a crawler of a product token.
  ///
  /// A name before a colon says for which crawler the directives after it are, up to the end of the
  /// value (<https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag>); those
  /// of other crawlers do not count.
  public static func inRobotsTag(_ value: String, for product: String) -> Set<OptOut> {
    var found: Set<OptOut> = []
    var isForUs = true
    for part in value.split(separator: ",") {
      var directive = trimmed(part)
      if let colon = directive.firstIndex(of: ":") {
        let name = trimmed(directive[..<colon])
        if !valued.contains(name) {
          isForUs = name == product.lowercased() || name == "*"
          directive = trimmed(directive[directive.index(after: colon)...])
        }
      }
      if isForUs { found.formUnion(named(directive)) }
    }
    return found
  }

  /// The opt-outs that a `meta` element of a page holds for a crawler of a product token.
  ///
  /// - Parameters:
  ///   - name: The element's `name`, such as `robots` or `tdm-reservation`.
  ///   - content: Its `content`.
  ///   - product: The crawler.
  public static func inMeta(name: String, content: String, for product: String) -> Set<OptOut> {
    switch name.lowercased() {
    case "robots", product.lowercased():
      return content.split(separator: ",").reduce(into: []) { $0.formUnion(named(trimmed($1))) }
    case tdmReservation.rawValue: return inReservation(content)
    default: return []
    }
  }

  /// The opt-out that a value of `tdm-reservation` is.
  public static func inReservation(_ value: String) -> Set<OptOut> {
    trimmed(value[...]) == "1" ? [.tdmReservation] : []
  }

  /// Directives whose value follows a colon, so that their name is not a crawler's.
  private static let valued: Set<String> = [
    "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview",
  ]

  private static func named(_ directive: String) -> Set<OptOut> {
    if directive == "none" { return [.noindex] }
    guard let one = OptOut(rawValue: directive), one != .tdmReservation else { return [] }
    return [one]
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]).lowercased() } ?? ""
  }
}
