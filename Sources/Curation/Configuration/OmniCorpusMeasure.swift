public import Documents

/// What OmniCorpus's rules measure of a document, beside those that others have
/// (<https://arxiv.org/abs/2406.08418>, appendix; the figures there are those beside each measure).
public enum OmniCorpusMeasure: String, LimitedMeasure {
  /// Words for each image of a document with more than two, in the interleaved corpus only; 50.
  case minimumWordsPerImage
  /// The words of the longest paragraph; 35. A document whose paragraphs have 12 words in the mean
  /// is not judged.
  case minimumLongestParagraph

  /// The reason for dropping a document.
  public var code: Reason.Code {
    switch self {
    case .minimumWordsPerImage: .tooFewWordsPerImage
    case .minimumLongestParagraph: .paragraphsTooShort
    }
  }

  /// The limits that can be meant.
  public var accepted: ClosedRange<Double> { 0...1e12 }
}
