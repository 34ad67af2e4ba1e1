import Documents

/// Drops captions that say no more than that there is an image: "Image", "Figure 3.", "photo of".
struct BoilerplateCaption {
  /// Captions in lower case, without numbers and punctuation at their ends.
  var phrases: Set<String>

  func refusal(of caption: Caption) -> Reason? {
    let letters = caption.text.lowercased().drop { !$0.isLetter }
    let phrase = String(letters.reversed().drop { !$0.isLetter }.reversed())
    // What has no letter at all, such as "3 / 12", says no more.
    return phrase.isEmpty || phrases.contains(phrase)
      ? Reason(.boilerplateCaption, detail: phrase) : nil
  }
}
