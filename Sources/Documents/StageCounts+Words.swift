extension StageCounts.Unit {
  /// What the unit counts, in words.
  public var words: String {
    switch self {
    case .record: "records"
    case .page: "pages"
    case .node: "text blocks"
    case .line: "lines of text"
    case .personalData: "e-mail, IP addresses"
    case .image: "image references"
    case .imageURL: "image URLs"
    case .imageResponse: "image responses"
    case .interleaved: "interleaved documents"
    case .pair: "image-caption pairs"
    case .text: "text documents"
    case .instruction: "instructions"
    case .distinctImage: "distinct images"
    case .token: "tokens"
    case .sequence: "sequences"
    }
  }
}
