public import Safetensors
public import Tensors

/// The weights of a CLIP vision encoder in a safetensors file, under any of the names in use.
///
/// Hugging Face's names are read with the prefixes `vision_model.model.` (KOSMOS-2), `vision_model.` (CLIP)
/// and none (a vision model alone), and OpenAI's with `visual.` and none, where query, key and value are
/// one tensor.
public final class CLIPWeights: ParameterSource {
  /// The file.
  public let file: SafetensorsFile
  private let stored: StoredParameters
  private let prefix: String
  private let isOpenAI: Bool
  private let scope: String

  private static let layouts = [
    ("vision_model.model.", false), ("vision_model.", false), ("", false), ("visual.", true),
    ("", true),
  ]

  /// Finds out the names of a file.
  ///
  /// - Parameter scope: What stands before the encoder's names where the model asks for them.
  /// - Throws: ``ParameterError`` where the file has no vision encoder under any of the names.
  public init(_ file: SafetensorsFile, scope: String = "") throws(ParameterError) {
    self.file = file
    self.scope = scope
    stored = StoredParameters(file)
    let found = Self.layouts.first { prefix, isOpenAI in
      file[prefix + (isOpenAI ? "class_embedding" : "embeddings.class_embedding")] != nil
    }
    guard let found else {
      throw ParameterError(
        .missing, path: file.path, names: ["vision_model.embeddings.class_embedding"],
        "it is missing, also under OpenAI's name and other prefixes: this is no CLIP vision encoder"
      )
    }
    (prefix, isOpenAI) = found
  }

  /// Opens a file and finds out its names.
  ///
  /// - Throws: ``ParameterError`` where it is no whole safetensors file or has no vision encoder.
  public convenience init(path: String, scope: String = "") throws(ParameterError) {
    try self.init(StoredParameters(path: path).file, scope: scope)
  }

  /// Reads a tensor by Hugging Face's name, after the scope.
  public func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    precondition(name.hasPrefix(scope), "'\(name)' is outside '\(scope)'")
    let name = String(name.dropFirst(scope.count))
    guard isOpenAI else { return try stored.tensor(prefix + name, shape, initializer) }
    for (row, letter) in ["q", "k", "v"].enumerated() {
      guard let range = name.firstRange(of: "self_attn.\(letter)_proj.") else { continue }
      let block = Self.openAI(String(name[..<range.lowerBound]))
      let fused = try stored.tensor(
        "\(prefix)\(block)attn.in_proj_\(name[range.upperBound...])",
        Shape([3 * shape[0]] + shape.sizes.dropFirst()), initializer)
      return fused.slice(row * shape[0]..<(row + 1) * shape[0], of: 0).copy()
    }
    return try stored.tensor(prefix + Self.openAI(name), shape, initializer)
  }

  /// The shape of the encoder, from what the file tells: metadata that weft wrote, or the sizes of its
  /// tensors, heads of width 64 and QuickGELU as in all of OpenAI's models.
  ///
  /// - Throws: ``ParameterError`` where the tensors contradict each other.
  public func configuration() throws(ParameterError) -> VisionConfiguration {
    if let written = try VisionConfiguration(metadata: file.metadata, path: file.path) {
      return written
    }
    let patch = try sizes("embeddings.patch_embedding.weight", rank: 4)
    let tokens = try sizes("embeddings.position_embedding.weight", rank: 2)[0]
    let inner = try sizes("encoder.layers.0.mlp.fc1.weight", rank: 2)[0]
    var layers = 1
    while file[fileName("encoder.layers.\(layers).mlp.fc1.weight")] != nil { layers += 1 }
    let grid = Int(Double(tokens - 1).squareRoot().rounded())
    let configuration = VisionConfiguration(
      imageSize: grid * patch[2], patchSize: patch[2], width: patch[0], layers: layers,
      heads: max(1, patch[0] / 64), feedForwardWidth: inner)
    guard grid * grid + 1 == tokens, (try? configuration.validate()) != nil else {
      throw ParameterError(
        .contradiction, path: file.path,
        "an encoder of width \(patch[0]) with \(tokens) tokens and patches of \(patch[2]) pixels is"
          + " none of CLIP's: give its configuration")
    }
    return configuration
  }

  private func sizes(_ name: String, rank: Int) throws(ParameterError) -> [Int] {
    guard let view = file[fileName(name)], view.shape.count == rank else {
      throw ParameterError(
        .missing, path: file.path, names: [fileName(name)],
        "it is missing or has not \(rank) dimensions: this is no CLIP vision encoder")
    }
    return view.shape
  }

  private func fileName(_ name: String) -> String {
    prefix + (isOpenAI ? Self.openAI(name) : name)
  }

  /// OpenAI's name (<https://github.com/openai/CLIP/blob/main/clip/model.py>) of one of Hugging Face's.
  private static func openAI(_ name: String) -> String {
    let replacements = [
      ("embeddings.class_embedding", "class_embedding"),
      ("embeddings.patch_embedding.", "conv1."),
      ("embeddings.position_embedding.weight", "positional_embedding"),
      ("pre_layrnorm.", "ln_pre."), ("post_layernorm.", "ln_post."),
      ("encoder.layers.", "transformer.resblocks."),
      ("layer_norm1.", "ln_1."), ("layer_norm2.", "ln_2."),
      ("self_attn.out_proj.", "attn.out_proj."), ("mlp.fc1.", "mlp.c_fc."),
      ("mlp.fc2.", "mlp.c_proj."),
    ]
    return replacements.reduce(name) { name, pair in name.replacing(pair.0, with: pair.1) }
  }
}
