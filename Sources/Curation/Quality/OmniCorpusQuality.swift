import Documents

/// Drops documents with more pictures than text to them, and those of scraps (OmniCorpus).
struct OmniCorpusQuality {
  var limits: Limits<OmniCorpusMeasure>

  /// A document with more images is judged by its words for each.
  private static let fewImages = 2
  /// The mean number of words of a paragraph that makes up for a long one.
  private static let meanParagraph = 12.0

  /// Judges a document.
  ///
  /// - Parameter images: How many images are kept; `nil` for the corpus of text alone.
  func refusal(of text: ProseText, images: Int?) -> Reason? {
    limits.refusal { measure in
      switch measure {
      case .minimumWordsPerImage:
        images.flatMap {
          $0 > Self.fewImages ? Double(text.words.count) / Double($0) : nil
        }
      case .minimumLongestParagraph:
        Self.mean(text.paragraphWords) >= Self.meanParagraph
          ? nil : Double(text.paragraphWords.max() ?? 0)
      }
    }
  }

  private static func mean(_ words: [Int]) -> Double {
    Double(words.reduce(0, +)) / Double(max(1, words.count))
  }
}
