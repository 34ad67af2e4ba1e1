extension Shard {
  /// Reads everything and checks what opening does not: tokens within the vocabulary, each sequence
  /// beginning with `<s>`, mask values, the count of targets, each image in one document and without a
  /// target, and features that are finite.
  ///
  /// - Throws: ``ShardingError`` naming the sequence or image and the remedy.
  public func verify() throws(ShardingError) {
    var targets = 0
    for index in 0..<count {
      let sequence = try sequence(at: index)
      guard sequence.tokens.first == 0, sequence.lossMask.first == 0,
        sequence.lossMask.allSatisfy({ $0 <= 1 })
      else {
        throw damaged("sequence \(index) does not begin with <s>, or its loss mask is not 0 or 1")
      }
      let masksImages = sequence.images.allSatisfy { image in
        let positions = image.position - 1...image.position + description.latents
        return sequence.lossMask[positions].allSatisfy { $0 == 0 }
      }
      guard masksImages else { throw damaged("sequence \(index) has a target inside an image") }
      let partsImages = sequence.images.contains { image in
        sequence.segment(at: image.position - 1)
          != sequence.segment(at: image.position + description.latents)
      }
      if partsImages { throw damaged("sequence \(index) has an image of two documents") }
      targets += sequence.lossMask.reduce(0) { $0 + Int($1) }
    }
    guard targets == counts.targets else {
      throw damaged("it has \(targets) targets where its header says \(counts.targets)")
    }
    for row in 0..<counts.images
    where !description.featureLayout.isSound(featureBytes(row: row)) {
      throw damaged(
        "the features of image \(imageDigest(row: row)) are not all finite, or no"
          + " \(description.featureStorage.rawValue) that weft writes")
    }
  }

  private func damaged(_ message: String) -> ShardingError {
    ShardingError(.damaged, path: path, message + "; make the shard again")
  }
}
