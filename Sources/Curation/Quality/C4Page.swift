import Documents

/// Drops documents of templates and of too few or too many sentences (C4, §2.2; mmc4, §3).
///
/// Other than in C4, curly brackets and "lorem ipsum" are looked for in all prose and not in what is left
/// of its lines, and not in program code: they tell of templates, and a page that shows code is none.
struct C4Page {
  var rules: C4Rules

  /// Judges one block of prose before any line is taken out.
  func refusal(ofBlock text: String) -> Reason? {
    if rules.dropsCurlyBrackets, text.utf8.contains(UInt8(ascii: "{")) {
      return Reason(.curlyBracket)
    }
    if rules.dropsLoremIpsum, text.lowercased().contains("lorem ipsum") {
      return Reason(.loremIpsum)
    }
    return nil
  }

  /// Judges what is left of a document's prose.
  func refusal(of text: ProseText) -> Reason? {
    if rules.minimumSentences == nil && rules.maximumSentences == nil { return nil }
    let sentences = text.lines.reduce(0) { $0 + SentenceEnd.sentences(in: $1.text) }
    if let least = rules.minimumSentences, sentences < least {
      return Reason(.tooFewSentences, measured: Double(sentences), threshold: Double(least))
    }
    if let most = rules.maximumSentences, sentences > most {
      return Reason(.tooManySentences, measured: Double(sentences), threshold: Double(most))
    }
    return nil
  }
}
