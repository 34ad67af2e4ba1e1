internal import Documents

extension RunDirectory {
  /// Copies of archives that lie in stores; may be removed between runs.
  static let archiveCopies = "work/archives"
  /// The digests of archives that lie in stores, by their addresses and states.
  static let knownArchives = "work/archives.json"
  /// Archives of records that were chosen from a crawl.
  static let selections = "selected"
  /// What workers are told of the stages that are being made.
  static let plans = "work/plans"
}
