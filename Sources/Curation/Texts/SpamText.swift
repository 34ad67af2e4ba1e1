import Documents

/// Drops text that is largely emoji, hashtags or links (KOSMOS-1, B.1).
struct SpamText {
  var thresholds: SpamRules.Thresholds

  func refusal(of measures: TextMeasures) -> Reason? {
    let checks = [
      (Reason.Code.tooManyEmoji, measures.emoji, thresholds.emoji),
      (.tooManyHashtags, measures.hashtags, thresholds.hashtags),
      (.tooManyLinks, measures.links, thresholds.links),
    ]
    for (code, count, threshold) in checks {
      guard let threshold else { continue }
      let measured = Double(count) / Double(max(1, measures.words))
      if measured > threshold { return Reason(code, measured: measured, threshold: threshold) }
    }
    return nil
  }
}
