public import Documents
internal import Hashing

/// What the features of an image are a function of, beside the image.
public struct FeatureOrigin: Hashable, Sendable {
  /// The digest of the encoder's weights.
  public var encoder: Digest
  /// The name and version of the image preprocessing.
  public var preprocessing: String
  /// How the features are laid out.
  public var layout: FeatureLayout
  /// A digest that tells the arithmetic of the machine and the libraries; `nil` where it is not known.
  ///
  /// Two encoders of equal arithmetic give the same bits for the same image; see `FeatureEncoder`.
  public var arithmetic: Digest?

  /// Makes an origin from its parts.
  public init(
    encoder: Digest, preprocessing: String, layout: FeatureLayout, arithmetic: Digest? = nil
  ) {
    self.encoder = encoder
    self.preprocessing = preprocessing
    self.layout = layout
    self.arithmetic = arithmetic
  }

  /// Whether features of the other origin can stand beside those of this one: they mean the same,
  /// though the last bits may be another machine's.
  func goes(with other: FeatureOrigin) -> Bool {
    encoder == other.encoder && preprocessing == other.preprocessing && layout == other.layout
  }

  /// A name for what is kept of this origin: 32 hexadecimal digits.
  var name: String {
    let facts = [
      "weft-features \(FeaturePart.version)", "\(encoder)", preprocessing,
      layout.storage.rawValue, "\(layout.tokens)", "\(layout.width)",
      arithmetic?.description ?? "",
    ]
    return String(Digest(of: Array(facts.joined(separator: "\n").utf8)).description.prefix(32))
  }
}
