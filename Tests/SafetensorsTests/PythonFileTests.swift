import Foundation
import Safetensors
import Testing

/// A file that the reference implementation wrote.
struct PythonFileTests {
  private let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/python.safetensors").path()

  @Test func everyTypeIsRead() throws {
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["format": "np", "naïve": "\"é\"\n"])
    #expect(file.names.count == 14)
    func check<Element: TensorElement & Equatable & ExpressibleByIntegerLiteral>(
      _ name: String, _ type: Element.Type
    ) throws {
      let view = try file.tensor(named: name, Element.elementType, shape: [2, 3])
      #expect(try view.values(as: type) == [0, 1, 2, 3, 4, 5])
    }
    try check("uint8", UInt8.self)
    try check("int8", Int8.self)
    try check("uint16", UInt16.self)
    try check("int16", Int16.self)
    try check("float16", Float16.self)
    try check("uint32", UInt32.self)
    try check("int32", Int32.self)
    try check("float32", Float.self)
    try check("uint64", UInt64.self)
    try check("int64", Int64.self)
    try check("float64", Double.self)
    #expect(try file.tensor(named: "bool", .bool, shape: [2, 3]).rawBytes() == [0, 1, 1, 1, 1, 1])
    #expect(try file.tensor(named: "scalar", .int32, shape: []).values() == [Int32(-7)])
    #expect(try file.tensor(named: "empty", .float16, shape: [0, 3]).floats() == [])
    #expect(try file.tensor(named: "float16").floats() == [0, 1, 2, 3, 4, 5])
  }
}
