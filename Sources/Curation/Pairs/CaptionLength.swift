import Documents

/// Drops captions of too few or too many characters or words.
struct CaptionLength {
  var rules: PairRules

  func refusal(of caption: Caption) -> Reason? {
    let bounds = [
      (caption.text.count, rules.minimumCharacters, rules.maximumCharacters, "characters"),
      (caption.words.count, rules.minimumWords, rules.maximumWords, "words"),
    ]
    for (count, least, most, unit) in bounds {
      if count < least {
        return Reason(
          .captionTooShort, measured: Double(count), threshold: Double(least), detail: unit)
      }
      if count > most {
        return Reason(
          .captionTooLong, measured: Double(count), threshold: Double(most), detail: unit)
      }
    }
    return nil
  }
}
