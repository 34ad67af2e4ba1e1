import Safetensors
import Storage
import TestSupport
import Testing

/// Files with hand-written headers: each fault is refused with an error that names it.
struct HeaderTests {
  private let directory = TemporaryDirectory()

  /// Writes a file of a header and data and opens it.
  private func open(_ header: String, data: [UInt8] = []) throws -> SafetensorsFile {
    let json = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    return try open(bytes: length + json + data)
  }

  private func open(bytes: [UInt8]) throws -> SafetensorsFile {
    let path = directory.file("file.safetensors")
    try AtomicFile.write(bytes, to: path)
    return try SafetensorsFile(path: path)
  }

  private func code(_ header: String, data: [UInt8] = []) -> SafetensorsError.Code? {
    do {
      _ = try open(header, data: data)
      return nil
    } catch { return (error as? SafetensorsError)?.code }
  }

  @Test func readsTensorsInFileOrder() throws {
    let file = try open(
      #" {"b" : {"dtype":"U8", "shape":[2,1], "data_offsets":[4,6]},"#
        + #""a":{"shape":[],"data_offsets":[0,4],"dtype":"I32"},"#
        + #""__metadata__":{"format":"pt","caf\u00e9 \ud83d\ude00":"\"\\\/\b\f\n\r\t"}}   "#,
      data: [1, 0, 0, 0, 8, 9])
    #expect(file.names == ["a", "b"])
    #expect(file.metadata == ["format": "pt", "café 😀": "\"\\/\u{08}\u{0C}\n\r\t"])
    #expect(try file.tensor(named: "a").values(as: Int32.self) == [1])
    #expect(try file.tensor(named: "b").values(as: UInt8.self) == [8, 9])
    #expect(file["b"]?.shape == [2, 1])
    #expect(file["c"] == nil)
  }

  @Test(arguments: [
    "", " ", "[]", "{", "{}x", "{},", "null", "{\"a\"}", "{\"a\":}", "{\"a\":1}", "{\"a\":{}}",
    "{,}",
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},}"#,
    #"{"a":{"dtype":"U9","shape":[0],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0.0],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[00],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[1,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0]}}"#,
    #"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"more":[[[[]]]]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
    #"{"__metadata__":{"a":1}}"#, #"{"__metadata__":{"a":"1","a":"1"}}"#, #"{"__metadata__":[]}"#,
    #"{"__metadata__":{},"__metadata__":{}}"#, #"{"\x":{}}"#, #"{"\u12g4":{}}"#, #"{"\ud800":{}}"#,
    #"{"\ud800\u0041":{}}"#, #"{"\udc00":{}}"#, "{\"a\nb\":{}}",
  ])
  func refusesMalformedHeader(header: String) {
    #expect(code(header) == .malformedHeader)
  }

  @Test func refusesBytesThatAreNotUTF8() {
    #expect(throws: SafetensorsError.self) {
      try open(bytes: [6, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x7D])
    }
  }

  @Test(arguments: [
    // A hole, an overlap, a start after the data, a length that is not the shape's, an overflow.
    #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#,
    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[9,9]}}"#,
    #"{"a":{"dtype":"I32","shape":[2],"data_offsets":[0,2]}}"#,
    #"{"a":{"dtype":"I64","shape":[4294967296,4294967296],"data_offsets":[0,2]}}"#,
    #"{"a":{"dtype":"I64","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}"#,
  ])
  func refusesBadLayout(header: String) {
    #expect(code(header, data: [1, 2]) == .badLayout)
  }

  @Test(arguments: [0, 1, 3, 4])
  func refusesDataOfAnotherLength(count: Int) {
    let header = #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#
    #expect(code(header, data: [UInt8](repeating: 0, count: count)) == .wrongLength)
  }

  @Test func refusesHugeHeaderLengthWithoutReadingIt() {
    let lengths: [UInt64] = [100_000_001, 1 << 30, 1 << 62, .max]
    for length in lengths {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [0x7B, 0x7D]
      #expect { try open(bytes: bytes) } throws: {
        ($0 as? SafetensorsError)?.code == .malformedHeader && "\($0)".contains("100000000")
      }
    }
  }

  @Test func survivesDeepNesting() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(code("{\"a\":{\"shape\":" + deep) == .malformedHeader)
    #expect(code(String(repeating: "{\"a\":", count: 200_000)) == .malformedHeader)
  }

  @Test func emptyTensorsStandAnywhere() throws {
    let file = try open(
      #"{"z":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]},"#
        + #""a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
        + #""b":{"dtype":"F64","shape":[0],"data_offsets":[1,1]}}"#,
      data: [5])
    #expect(file.names == ["z", "a", "b"])
    #expect(try file.tensor(named: "z").floats() == [])
  }

  @Test func missingFileNamesItself() {
    #expect { try SafetensorsFile(path: directory.file("none")) } throws: {
      ($0 as? SafetensorsError)?.code == .unreadable && "\($0)".contains("/none'")
    }
  }
}
