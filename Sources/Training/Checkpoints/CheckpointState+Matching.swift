internal import Documents
internal import Foundation

extension CheckpointState {
  /// The keys that change no result beyond rounding, and so may change within a run.
  private static let freeKeys: Set = [
    "training.microBatchTokens", "training.readers", "training.validateEvery",
    "training.validationSequences", "training.checkpointEvery", "training.keepCheckpoints",
    "training.recompute",
  ]

  /// Checks that a run may go on from this state.
  ///
  /// - Parameter other: The state of the run at its beginning.
  /// - Throws: ``TrainingError`` naming the first key that differs, and both values.
  func requireMatch(_ other: CheckpointState, path: String) throws {
    let (mine, others) = (try flattened(), try other.flattened())
    for key in Set(mine.keys).union(others.keys).sorted() {
      if key == "step" || Self.freeKeys.contains(key) || mine[key] == others[key] { continue }
      throw TrainingError(
        .mismatchedCheckpoint,
        "the checkpoint '\(path)' was made with '\(key)' \(mine[key] ?? "not set"), but this run has"
          + " \(others[key] ?? "it not set"); go on with the former, or train into another directory"
      )
    }
  }

  /// The state's values by their paths of keys, such as `training.adam.beta1`.
  func flattened() throws -> [String: String] {
    let encoded = try JSONEncoder().encode(self)
    var values: [String: String] = [:]
    var open: [(path: String, value: Any)] = [
      ("", try JSONSerialization.jsonObject(with: encoded))
    ]
    while let (path, value) = open.popLast() {
      if let object = value as? [String: Any] {
        for (key, inner) in object { open.append((path.isEmpty ? key : "\(path).\(key)", inner)) }
      } else {
        values[path] = "\(value)"
      }
    }
    return values
  }
}
