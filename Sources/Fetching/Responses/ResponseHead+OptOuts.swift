internal import Documents
internal import HTTPExchanges

extension ResponseHead {
  /// The opt-outs that the head states for a crawler.
  func optOuts(for product: String) -> Set<OptOut> {
    var found: Set<OptOut> = []
    for value in values("x-robots-tag") { found.formUnion(OptOut.inRobotsTag(value, for: product)) }
    for value in values("tdm-reservation") { found.formUnion(OptOut.inReservation(value)) }
    return found
  }
}
