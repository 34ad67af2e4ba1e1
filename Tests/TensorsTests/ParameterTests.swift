import Safetensors
import Tensors
import TestSupport
import Testing

/// Named parameters, their sources, and their files.
struct ParameterTests {
  @Test func scopesNameAndFreeze() throws {
    let store = ParameterStore(RandomParameters(seed: 1))
    let layer = store.root.scope("model").scope("layers.0")
    _ = try LayerNorm(layer.scope("norm"), width: 4)
    _ = try Linear(
      layer.frozen().scope("fc"), inputs: 4, outputs: 3, weight: .normal(standardDeviation: 1),
      bias: .zeros)
    #expect(
      store.parameters.map(\.name) == [
        "model.layers.0.norm.weight", "model.layers.0.norm.bias", "model.layers.0.fc.weight",
        "model.layers.0.fc.bias",
      ])
    #expect(store.trainable.map(\.name) == Array(store.parameters.map(\.name).prefix(2)))
    #expect(store.parameters.map(\.tensor.requiresGradient) == [true, true, false, false])
    #expect(store.elementCount == 4 + 4 + 12 + 3)
    #expect(store["model.layers.0.fc.bias"]?.values(of: Float.self) == [0, 0, 0])
    #expect(store["model.layers.0.fc"] == nil)
  }

  @Test func layersAreTheirFormulas() throws {
    let root = ParameterStore(RandomParameters(seed: 2)).root
    let linear = try Linear(
      root, inputs: 3, outputs: 2, weight: .uniform(bound: 1), bias: .constant(5))
    let x = Generator(seed: 1).normal([4, 3])
    #expect(linear(x).bytes() == x.linear(linear.weight, bias: linear.bias).bytes())
    let table = try Embedding(
      root.scope("e"), vocabulary: 5, width: 3,
      weight: .normalRows(standardDeviation: 1, zeroRow: 1))
    #expect(table(Tensor([1] as [Int64])).absolute().sum().item == 0)
    #expect(table(Tensor([0] as [Int64])).absolute().sum().item > 0)
    #expect(table.logits(x).shape == [4, 5])
  }

  @Test func everyTypeIsWrittenAndRead() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("t.safetensors")
    let tensors = ScalarType.allCases.map { type in
      let tensor = Tensor([1, 0, 2, 3] as [Float], shape: [2, 2])
      return (name: type.rawValue, tensor: tensor.converted(to: type).transposed())
    }
    try writeSafetensors(tensors, to: path, metadata: ["a": "b"])
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["a": "b"])
    for (name, tensor) in tensors {
      let read = try #require(Tensor(file.tensor(named: name)))
      #expect(read.type == tensor.type)
      #expect(read.shape == [2, 2])
      // Rows and columns were exchanged before they were written.
      #expect(read.bytes() == tensor.contiguous().bytes())
    }
  }

  @Test func narrowFloatsAreReadAsFloats() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("t.safetensors")
    for type in [ScalarType.float16, .bfloat16, .float64] {
      try writeSafetensors([("w", Tensor([1.5, -2] as [Float]).converted(to: type))], to: path)
      let stored = try StoredParameters(path: path)
      let tensor = try stored.tensor("w", [2], .zeros)
      #expect(tensor.type == .float32)
      #expect(tensor.values(of: Float.self) == [1.5, -2])
      try stored.requireAllUsed()
    }
  }

  @Test func errorsNameFileTensorAndRemedy() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("t.safetensors")
    try writeSafetensors([("w", .zeros([2])), ("x", .zeros([3]))], to: path)
    let stored = try StoredParameters(path: path) { $0 == "weight" ? "w" : $0 }
    func error(_ body: () throws -> Void) -> String {
      "\(#expect(throws: ParameterError.self, performing: body).map(\.description) ?? "")"
    }
    #expect(
      error { _ = try stored.tensor("bias", [2], .zeros) }
        == "'\(path)', tensor 'bias': it is missing; the file is of another model or configuration")
    #expect(
      error { _ = try stored.tensor("weight", [4], .zeros) }
        == "'\(path)', tensor 'w': its shape is [2] where [4] is needed;"
        + " the file is of another configuration")
    _ = try stored.tensor("weight", [2], .zeros)
    #expect(error { try stored.requireAllUsed() }.contains("'x'"))
    try stored.requireAllUsed { $0 == "x" }
    #expect(error { _ = try StoredParameters(path: folder.file("none")) }.contains("none"))
  }
}
