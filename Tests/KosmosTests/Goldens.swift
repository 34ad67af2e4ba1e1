import Foundation
import Safetensors
import Tensors
import Testing

/// One file of reference numbers.
struct Golden {
  let file: SafetensorsFile

  /// Opens a golden of the folder that `WEFT_PARITY` names, or of the fixtures.
  init(_ name: String) throws {
    file = try SafetensorsFile(path: try #require(Self.path(name)))
  }

  /// Whether a golden can be had.
  static func isPresent(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures"
    let folders = [ProcessInfo.processInfo.environment["WEFT_PARITY"], fixtures].compactMap(\.self)
    return folders.map { "\($0)/\(name).safetensors" }.first {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  /// The tensor of a name.
  subscript(name: String) -> Tensor {
    get throws { try #require(Tensor(file.tensor(named: name))) }
  }

  /// A number of the file's metadata.
  func number(_ key: String) throws -> Int { try #require(Int(try text(key))) }

  /// A text of the file's metadata.
  func text(_ key: String) throws -> String { try #require(file.metadata[key]) }

  /// The weights, whose names in the file begin with `weight.`.
  var weights: StoredParameters { StoredParameters(file) { "weight.\($0)" } }

  /// The names of the gradients, without `grad.`.
  var gradientNames: [String] {
    file.names.filter { $0.hasPrefix("grad.") }.map { String($0.dropFirst("grad.".count)) }
  }

  /// The largest of the relative errors, by norm, of all gradients that the golden has.
  func gradientError(_ parameters: ParameterStore) throws -> Double {
    try gradientNames.map { name in
      let expected = try self["grad.\(name)"]
      let found = try #require(parameters[name]?.gradient, "\(name) has no gradient")
      let norm = expected.euclideanNorm().item
      // What is mathematically zero, as the gradient of a key's bias, is compared as it stands.
      return (found - expected).euclideanNorm().item / max(norm, 1e-2)
    }.max() ?? .infinity
  }
}

/// The largest absolute difference of two tensors, as a share of the largest element where that is over 1.
func largestRelativeDifference(_ found: Tensor, _ expected: Tensor) -> Double {
  largestDifference(found, expected) / max(1, expected.absolute().largest().item)
}

/// The largest absolute difference of two tensors.
func largestDifference(_ found: Tensor, _ expected: Tensor) -> Double {
  precondition(found.shape == expected.shape, "\(found.shape) is not \(expected.shape)")
  return (found - expected).absolute().largest().item
}
