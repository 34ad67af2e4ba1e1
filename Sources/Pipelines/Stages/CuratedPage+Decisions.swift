internal import Curation
internal import Documents
internal import Provenance

extension CuratedPage {
  /// One row of the ledger for each thing of the page that a rule dropped.
  var decisions: [DecisionRow] {
    let subject = Subject.record(id)
    func rows(_ items: [DroppedItem], _ unit: StageCounts.Unit) -> [DecisionRow] {
      items.map {
        DecisionRow(
          unit: unit, subject: subject, place: $0.ordinal, path: $0.path, reason: $0.reason)
      }
    }
    func row(_ reason: Reason?, _ unit: StageCounts.Unit, place: Int? = nil) -> [DecisionRow] {
      guard let reason else { return [] }
      return [DecisionRow(unit: unit, subject: subject, place: place, reason: reason)]
    }
    return rows(droppedImages, .image) + rows(droppedNodes, .node)
      + row(interleaved.reason, .interleaved) + row(text.reason, .text)
      + pairs.flatMap { row($0.decision.reason, .pair, place: $0.ordinal) }
  }
}

extension ImageTextPair {
  /// The pair's key in its corpus: the document's identity and the place of the image in it.
  var key: String {
    let digits = String(ordinal)
    return "\(document)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The document whose identity a key begins with; `nil` where it is no key of a pair.
  static func document(ofKey key: String) -> DocumentID? {
    DocumentID(key.prefix(2 * DocumentID.byteCount))
  }
}
