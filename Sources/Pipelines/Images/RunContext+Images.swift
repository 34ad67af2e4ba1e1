internal import Compression
internal import Documents

extension RunContext {
  /// How many image responses the crawl has, whatever became of them.
  func imageResponses() throws -> Int {
    try manifests(of: .images).reduce(0) { $0 + $1.counts[.imageResponse].entered }
  }

  /// The files that ``forEachImageOutcome(_:_:)`` reads.
  func imageReads() throws -> [String] {
    try manifests(of: .images).map(\.partition).flatMap { part in
      configuration.images.classifier.isOn
        ? [RunDirectory.images(part), RunDirectory.imageScores(part)]
        : [RunDirectory.images(part)]
    }
  }

  /// Calls a function with what became of each image response, in the order of the archives.
  func forEachImageOutcome(
    _ writer: PartitionWriter, withScores: Bool = true, _ body: (ImageOutcome) throws -> Void
  ) throws {
    for manifest in try manifests(of: .images) {
      try writer.checkInterruption()
      var reader = try JSONLinesReader<ImageOutcome>(
        path: directory.path(RunDirectory.images(manifest.partition)))
      let scores = withScores ? try PartScores(self, part: manifest.partition) : nil
      while var outcome = try reader.next() {
        try scores?.add(to: &outcome)
        try body(outcome)
        writer.advance(by: 1)
      }
    }
  }
}
