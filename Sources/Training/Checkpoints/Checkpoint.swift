public import Storage

/// A checkpoint on disk: a directory named after its step.
///
/// | file | holds |
/// |---|---|
/// | `model.safetensors` | every parameter, the frozen part of CLIP included |
/// | `optimizer.safetensors` | AdamW's running means, `mean.NAME` and `variance.NAME` |
/// | `sentencepiece.model` | the tokenizer |
/// | `state.json` | ``CheckpointState`` |
///
/// All but the optimiser's file is what text is generated from, so that a checkpoint can be moved
/// anywhere by itself.
public struct Checkpoint: Hashable, Sendable {
  /// The directory.
  public let path: String
  /// How many steps were done.
  public let step: Int

  /// The file of the model.
  public var model: String { path + "/model.safetensors" }
  /// The file of the optimiser.
  public var optimizer: String { path + "/optimizer.safetensors" }
  /// The file of the tokenizer.
  public var tokenizer: String { path + "/sentencepiece.model" }
  /// The file of the state.
  public var state: String { path + "/state.json" }

  /// The checkpoint of a step in a directory of checkpoints: `step-000100`.
  public init(step: Int, in directory: String) {
    let digits = String(step)
    path =
      directory + "/" + Self.prefix + String(repeating: "0", count: max(0, 6 - digits.count))
      + digits
    self.step = step
  }

  /// The checkpoint that a directory of any name holds.
  ///
  /// - Throws: ``TrainingError`` where its state is missing, damaged or of another version.
  public init(at path: String) throws(TrainingError) {
    self.path = path
    step = try CheckpointState(path: path + "/state.json").step
  }

  /// The checkpoints in a directory, the earliest first; none where there is no directory.
  ///
  /// A checkpoint gets its name when it is whole, so that one whose writing was interrupted is not
  /// among them.
  public static func all(in directory: String) throws(StorageError) -> [Checkpoint] {
    guard Directory.isDirectory(directory) else { return [] }
    let found = try Directory.names(in: directory).compactMap { name -> Checkpoint? in
      guard name.hasPrefix(prefix), let step = Int(name.dropFirst(prefix.count)) else { return nil }
      let checkpoint = Checkpoint(step: step, in: directory)
      return checkpoint.path == "\(directory)/\(name)" ? checkpoint : nil
    }
    return found.sorted { $0.step < $1.step }
  }

  private static let prefix = "step-"
}
