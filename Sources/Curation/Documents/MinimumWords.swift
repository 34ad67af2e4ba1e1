import Documents

/// Drops documents with too little text to learn from.
struct MinimumWords {
  var words: Int

  /// Judges a document by the words of all its text, code included.
  func refusal(ofWords count: Int) -> Reason? {
    if count == 0 { return Reason(.noTextLeft) }
    return count < words
      ? Reason(.tooFewWords, measured: Double(count), threshold: Double(words)) : nil
  }
}
