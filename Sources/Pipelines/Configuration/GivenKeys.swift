internal import Yams

/// Checks which keys a pipeline file gives together: the values of those it leaves out cannot tell.
struct GivenKeys {
  private let root: Node
  private let file: String

  init(_ root: Node, file: String) {
    self.root = root
    self.file = file
  }

  /// What the base of a run has decided, and what says the same in another way.
  private static let decidedByBase = [
    "preset", "read", "extract", "images", "deduplicate", "curate", "tokenizer", "encoder",
    "shard.maximumLength", "train.model",
  ]

  /// Checks that the keys go together.
  func check() throws(ConfigurationError) {
    if given("base") {
      for key in Self.decidedByBase where given(key) {
        throw fault(key, "the run that 'base' names has decided this; leave the key out")
      }
    } else if !given("read") {
      throw ConfigurationError(
        file: file, line: root.mark?.line,
        message:
          "neither 'read' nor 'base' is given; name archives by 'read.inputs', or a finished "
          + "run to go on from by 'base'")
    } else if !given("read.inputs") {
      throw fault("read", "the key 'inputs' is missing: the archives to read")
    } else if given("instructions") {
      throw fault(
        "instructions", "instructions tune the model of a finished run; name it by 'base'")
    }
    guard given("train.sequencesPerStep") else { return }
    for key in ["train.tokensPerStep", "train.mixture"] where given(key) {
      throw fault(key, "'train.sequencesPerStep' says what a step reads; leave out one of the two")
    }
    let counts = node("train.sequencesPerStep")?.mapping?.values.compactMap(\.int) ?? []
    if counts.allSatisfy({ $0 == 0 }) {
      throw fault("train.sequencesPerStep", "0 for every corpus; name one that a step reads")
    }
  }

  private func given(_ key: String) -> Bool {
    guard let node = node(key) else { return false }
    return !node.tag.description.hasSuffix(":null")
  }

  private func node(_ key: String) -> Node? {
    key.split(separator: ".").reduce(root as Node?) { $0?.mapping?[String($1)] }
  }

  private func fault(_ key: String, _ message: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node(key)?.mark?.line, key: key, message: message)
  }
}
