public import ImageDecoding
public import Tokenization

/// What a model goes on from: text and images in order.
public struct Prompt: Hashable, Sendable {
  /// The mark of an image's place in a prompt's text.
  public static let imageMark = "<image>"

  /// The tokens, `<s>` first, each image's latent positions among them.
  public let tokens: [Int32]
  /// The images, in order.
  public let images: [DecodedImage]
  /// The index of each image's first latent position.
  public let imagePositions: [Int]

  /// Writes a prompt in the form that the training sequences have.
  ///
  /// An image is `<image>`, its latent positions and `</image>`. Lines of text are parted by `</line>`,
  /// which also stands between text and an image after it, but not after an image.
  ///
  /// - Parameters:
  ///   - text: The text; each ``imageMark`` in it is the place of an image. Where it has none, all images
  ///     come before the text.
  ///   - images: The images, in order.
  ///   - latents: The positions of one image.
  /// - Throws: ``GenerationError`` where the text has another number of places than there are images.
  public init(
    _ text: String, images: [DecodedImage], tokenizer: Tokenizer, latents: Int
  ) throws(GenerationError) {
    var parts = Self.parts(of: text)
    if parts.count == 1 && !images.isEmpty {
      parts = Array(repeating: "", count: images.count) + parts
    }
    guard parts.count == images.count + 1 else {
      throw GenerationError(
        .malformedPrompt,
        "the prompt has \(parts.count - 1) places marked '\(Self.imageMark)', but there are"
          + " \(images.count) images; give one for each place, or mark none")
    }
    let vocabulary = tokenizer.vocabulary
    var tokens = [Vocabulary.begin]
    var positions: [Int] = []
    for (index, part) in parts.enumerated() {
      let lines = part.split(whereSeparator: \.isNewline).map { tokenizer.encode(String($0)) }
      let written = Array(lines.filter { !$0.isEmpty }.joined(separator: [vocabulary.lineEnd]))
      tokens += written
      if index == images.count { break }
      if !written.isEmpty { tokens.append(vocabulary.lineEnd) }
      positions.append(tokens.count + 1)
      tokens += Array(repeating: vocabulary.image, count: latents + 1) + [vocabulary.imageEnd]
    }
    self.tokens = tokens
    self.images = images
    imagePositions = positions
  }

  /// The stretches of text around the marks.
  private static func parts(of text: String) -> [String] {
    let mark = Array(imageMark.utf8)
    var parts: [String] = []
    var part: [UInt8] = []
    for byte in text.utf8 {
      part.append(byte)
      if part.suffix(mark.count).elementsEqual(mark) {
        parts.append(String(decoding: part.dropLast(mark.count), as: UTF8.self))
        part.removeAll()
      }
    }
    return parts + [String(decoding: part, as: UTF8.self)]
  }
}
