internal import Safetensors
public import Tensors

// Shape suffixes: N images, C channels, S the side of the input, Y and X the sides within the network.

/// A convolution with the batch norm after it folded in.
struct Convolution {
  let weight: Tensor
  let bias: Tensor
  let stride: Int

  init(
    _ scope: ParameterScope, inputs: Int, outputs: Int, size: Int, stride: Int = 1
  ) throws(ParameterError) {
    // The initialisers are never asked: the parameters of a classifier are always a file's.
    weight = try scope.parameter("weight", [outputs, inputs, size, size], .zeros)
    bias = try scope.parameter("bias", [outputs], .zeros)
    self.stride = stride
  }

  func callAsFunction(_ x_NCYX: Tensor) -> Tensor {
    x_NCYX.convolution2D(weight, bias: bias, stride: stride, padding: weight.shape[-1] / 2)
  }
}

/// A bottleneck block: three convolutions, and around them the input or a projection of it.
struct ResidualBlock {
  let reduce: Convolution
  let spatial: Convolution
  let expand: Convolution
  /// The projection, in the first block of a stage.
  let shortcut: Convolution?

  init(
    _ scope: ParameterScope, inputs: Int, _ stage: OpenNSFWShape.Stage, stride: Int, isFirst: Bool
  ) throws(ParameterError) {
    let (inner, width) = (stage.innerWidth, stage.width)
    // As in Caffe's ResNet, the 1x1 convolution takes the stride.
    reduce = try Convolution(
      scope.scope("reduce"), inputs: inputs, outputs: inner, size: 1, stride: stride)
    spatial = try Convolution(scope.scope("spatial"), inputs: inner, outputs: inner, size: 3)
    expand = try Convolution(scope.scope("expand"), inputs: inner, outputs: width, size: 1)
    shortcut =
      isFirst
      ? try Convolution(
        scope.scope("shortcut"), inputs: inputs, outputs: width, size: 1, stride: stride)
      : nil
  }

  func callAsFunction(_ x_NCYX: Tensor) -> Tensor {
    let inner = spatial(reduce(x_NCYX).rectified()).rectified()
    return (expand(inner) + (shortcut?(x_NCYX) ?? x_NCYX)).rectified()
  }
}

/// Yahoo's Open-NSFW network (<https://github.com/yahoo/open_nsfw>): how likely an image is pornographic.
///
/// It knows that one kind of unsafe image. Its authors call scores below 0.2 safe and above 0.8 unsafe, and
/// leave what is between to its users.
public struct OpenNSFW {
  /// The widths.
  public let shape: OpenNSFWShape
  let stem: Convolution
  let blocks: [ResidualBlock]
  let classifier: Linear

  /// Loads the network from a file that `scripts/convert-open-nsfw` wrote.
  ///
  /// - Throws: ``ParameterError`` where the file is another one, or damaged.
  public static func load(path: String) throws(ParameterError) -> OpenNSFW {
    let parameters = try StoredParameters(path: path)
    guard parameters.file.metadata["weft.classifier"] == "open-nsfw" else {
      throw ParameterError(
        .contradiction, path: path,
        "it is no Open-NSFW classifier; scripts/convert-open-nsfw makes one")
    }
    let network = try OpenNSFW(
      ParameterStore(parameters).root.frozen(), OpenNSFWShape(parameters.file))
    try parameters.requireAllUsed()
    return network
  }

  init(_ scope: ParameterScope, _ shape: OpenNSFWShape) throws(ParameterError) {
    self.shape = shape
    stem = try Convolution(
      scope.scope("stem"), inputs: 3, outputs: shape.stemWidth, size: 7, stride: 2)
    var blocks: [ResidualBlock] = []
    var width = shape.stemWidth
    for (index, stage) in shape.stages.enumerated() {
      for block in 0..<stage.blocks {
        blocks.append(
          try ResidualBlock(
            scope.scope("stages.\(index).blocks.\(block)"), inputs: width, stage,
            stride: index > 0 && block == 0 ? 2 : 1, isFirst: block == 0))
        width = stage.width
      }
    }
    self.blocks = blocks
    classifier = try Linear(
      scope.scope("classifier"), inputs: width, outputs: 2, weight: .zeros, bias: .zeros)
  }

  /// How likely each image is unsafe, from 0 to 1.
  ///
  /// - Parameter planes_N3SS: Images as `OpenNSFWPreprocessing` prepares them, `float32`. S is a multiple
  ///   of 4; with other sides the network's pooling would begin elsewhere.
  public func unsafeScores(_ planes_N3SS: Tensor) -> [Float] {
    precondition(planes_N3SS.shape[-1] % 4 == 0, "the side of an image is a multiple of 4")
    let pooled = stem(planes_N3SS).rectified().maxPool2D(size: 3, stride: 2, keepingEdges: true)
    let features_NCYX = blocks.reduce(pooled) { x, block in block(x) }
    let logits_N2 = classifier(features_NCYX.mean(over: 2, 3))
    return logits_N2.softmax().element(1, of: 1).values()
  }
}
