/// The documents that agree in a URL, a text or a set of images with one that is kept.
///
/// The rules take turns, and each looks only at what the ones before it kept. It takes a bit of memory a
/// document.
struct ExactDuplicates {
  /// Those that are not kept.
  private(set) var dropped: DocumentBits

  /// Finds them.
  ///
  /// - Parameter note: Called with each that is not kept and the one that is instead.
  init(
    _ matches: [MatchFile], documents: Int,
    note: (_ number: UInt32, _ kept: UInt32, _ rule: MatchRule) -> Void = { _, _, _ in }
  ) throws {
    dropped = DocumentBits(count: documents)
    for rule in MatchRule.allCases where rule.isOfDocuments {
      for file in matches where file.rule == rule {
        try file.forEachGroup { group in
          var kept: UInt32?
          for member in group {
            let number = UInt32(truncatingIfNeeded: member)
            if dropped.contains(number) { continue }
            guard let kept else {
              kept = number
              continue
            }
            dropped.insert(number)
            note(number, kept, rule)
          }
        }
      }
    }
  }
}
