internal import Compression
internal import Documents

/// The scores of a part of the images stage, by digest; none where the pipeline has no classifier.
struct PartScores {
  private var scores: [Digest: Double]?
  private let part: Int

  /// Loads what the classify stage made of a part.
  init(_ run: RunContext, part: Int) throws {
    self.part = part
    guard run.configuration.images.classifier.isOn else { return }
    var found: [Digest: Double] = [:]
    var reader = try JSONLinesReader<ImageScore>(
      path: run.directory.path(RunDirectory.imageScores(part)))
    while let line = try reader.next() { found[line.digest] = line.score }
    scores = found
  }

  /// Adds the score to the image of an outcome.
  ///
  /// - Throws: ``RunError`` where an image has none: a rule must not take it for safe.
  func add(to outcome: inout ImageOutcome) throws {
    guard let scores, let image = outcome.image else { return }
    guard let score = scores[image.digest] else {
      throw RunError(
        .damaged,
        "image \(image.digest) has no score in \(RunDirectory.imageScores(part)); remove the file "
          + "and run again")
    }
    outcome.image?.unsafeScore = score
  }
}

extension RunContext {
  /// The digests of all scores, for what depends on them; none where the pipeline has no classifier.
  func scoreDigests() throws -> [Digest] {
    configuration.images.classifier.isOn
      ? try digests(of: .classify, under: "work/nsfw") : []
  }
}
