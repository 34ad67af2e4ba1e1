import Documents

/// Drops captions that are addresses and nothing else.
struct AddressCaption {
  func refusal(of caption: Caption) -> Reason? {
    caption.words.allSatisfy { TextMeasures.isLink($0) } ? Reason(.addressCaption) : nil
  }
}
