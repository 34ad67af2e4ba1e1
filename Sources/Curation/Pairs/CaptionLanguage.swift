import Documents
import LanguageIdentification

/// Drops captions that are plainly in another language than the wanted ones, on a page that is in one.
struct CaptionLanguage {
  var rules: LanguageRules
  /// How many bytes of letters a caption needs to be judged.
  var minimumLetterBytes: Int?

  func refusal(of caption: Caption) -> Reason? {
    guard let minimumLetterBytes, !rules.accepted.isEmpty else { return nil }
    let found = LanguageIdentifier.identify(caption.text)
    guard found.letterBytes >= minimumLetterBytes, found.isReliable,
      let first = found.candidates.first, !rules.accepted.contains(first.code),
      first.percentage >= rules.minimumPercentage
    else { return nil }
    return Reason(
      .otherLanguage, measured: Double(found.percentage(of: rules.accepted)),
      threshold: Double(rules.minimumPercentage), detail: "\(first.code) \(first.percentage)")
  }
}
