import Documents
import LanguageIdentification

/// Judges which language a page is in: by its text, and by what it declares where it has hardly any.
struct PageLanguage {
  var rules: LanguageRules

  /// The language that was found, and why the page is dropped, if it is.
  struct Verdict {
    var language: String?
    var refusal: Reason?
  }

  /// - Parameters:
  ///   - nodes: The text blocks that are left.
  ///   - images: All images, whose alternative texts and captions count where the blocks are too
  ///     short to tell.
  ///   - declared: The page's own language tag.
  func verdict(
    nodes: [TextNode], images: [ImageReference], declared: String?
  ) -> Verdict {
    let prose = nodes.filter(\.isProse).map(\.text)
    var found = LanguageIdentifier.identify(prose.joined(separator: "\n"))
    if found.letterBytes < rules.minimumLetterBytes {
      let besides = images.flatMap { [$0.alt, $0.caption] }.compactMap(\.self)
      if !besides.isEmpty {
        found = LanguageIdentifier.identify((prose + besides).joined(separator: "\n"))
      }
    }
    let language = found.candidates.first?.code
    if rules.accepted.isEmpty { return Verdict(language: language, refusal: nil) }
    if found.letterBytes < rules.minimumLetterBytes { return verdict(declared: declared, found) }
    return Verdict(language: language, refusal: refusal(of: found))
  }

  private func refusal(of found: IdentifiedLanguage) -> Reason? {
    let share = found.percentage(of: rules.accepted)
    let told = found.candidates.reduce(0) { $0 + $1.percentage }
    let detail = found.candidates.map { "\($0.code) \($0.percentage)" }.joined(separator: ", ")
    if share < rules.minimumPercentage {
      // A list of names, say, has letters of which no language can be told.
      return Reason(
        told < rules.minimumPercentage ? .unknownLanguage : .otherLanguage,
        measured: Double(share), threshold: Double(rules.minimumPercentage),
        detail: detail.isEmpty ? nil : detail)
    }
    if rules.requiresReliable && !found.isReliable {
      return Reason(.unknownLanguage, detail: "unreliable: \(detail)")
    }
    return nil
  }

  private func verdict(declared: String?, _ found: IdentifiedLanguage) -> Verdict {
    let tag = declared.map { String($0.lowercased().prefix { $0 != "-" && $0 != "_" }) }
    // A BCP 47 tag begins with a language of at most eight letters.
    guard let tag, (1...8).contains(tag.count) else {
      return Verdict(
        language: nil,
        refusal: Reason(
          .unknownLanguage, measured: Double(found.letterBytes),
          threshold: Double(rules.minimumLetterBytes), detail: "too few letters, none declared"))
    }
    let isAccepted = rules.accepted.contains { $0.prefix { $0 != "-" } == tag }
    return Verdict(
      language: tag, refusal: isAccepted ? nil : Reason(.otherLanguage, detail: "declared \(tag)"))
  }
}
