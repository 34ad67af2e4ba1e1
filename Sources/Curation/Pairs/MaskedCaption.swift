import Documents

/// Drops captions in which words were replaced by tags such as `<PERSON>`, as KOSMOS-1 does with those
/// of Conceptual Captions (B.1).
struct MaskedCaption {
  func refusal(of caption: Caption) -> Reason? {
    guard caption.text.contains("<") else { return nil }
    return caption.text.firstMatch(of: /<[A-Z]+>/).map {
      Reason(.maskedCaption, detail: String($0.output))
    }
  }
}
