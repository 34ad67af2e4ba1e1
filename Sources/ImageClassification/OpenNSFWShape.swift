internal import Safetensors
internal import Tensors

/// The widths of an Open-NSFW network, as its file tells them.
///
/// Yahoo's own is ResNet-50 (<https://arxiv.org/abs/1512.03385>) of half the width: a stem of 64 channels
/// and stages of 3, 4, 6 and 3 blocks that end in 128, 256, 512 and 1,024.
public struct OpenNSFWShape: Hashable, Sendable {
  /// Blocks of one size.
  public struct Stage: Hashable, Sendable {
    /// The channels between a block's convolutions.
    public var innerWidth: Int
    /// The channels of a block's output.
    public var width: Int
    /// How many blocks there are.
    public var blocks: Int
  }

  /// The channels of the stem.
  public var stemWidth: Int
  /// The stages, at least one; each but the first halves the sides of what it is given.
  public var stages: [Stage]

  /// Reads the shape of a file's network.
  ///
  /// - Throws: ``ParameterError`` where the file holds no such network.
  init(_ file: SafetensorsFile) throws(ParameterError) {
    func output(_ name: String) throws(ParameterError) -> Int {
      guard let view = file[name], view.shape.count == 4, view.shape[0] > 0 else {
        throw ParameterError(
          .missing, path: file.path, names: [name],
          "it is missing or no convolution: this is no file of scripts/convert-open-nsfw")
      }
      return view.shape[0]
    }
    stemWidth = try output("stem.weight")
    stages = []
    repeat {
      let stage = "stages.\(stages.count).blocks."
      var blocks = 1
      while file["\(stage)\(blocks).reduce.weight"] != nil { blocks += 1 }
      stages.append(
        Stage(
          innerWidth: try output("\(stage)0.reduce.weight"),
          width: try output("\(stage)0.expand.weight"), blocks: blocks))
    } while file["stages.\(stages.count).blocks.0.reduce.weight"] != nil
  }
}
