import Glibc
import Safetensors
import Storage
import TestSupport
import Testing

struct WriterTests {
  private let directory = TemporaryDirectory()

  /// A file with a tensor of every kind that the tests read.
  private func sample(_ name: String = "sample") throws -> String {
    let path = directory.file(name)
    let writer = try SafetensorsWriter(
      path: path,
      tensors: [
        TensorDescription("long", .int64, [2]), TensorDescription("double", .float64, [1]),
        TensorDescription("none", .int64, [0, 4]), TensorDescription("float", .float32, [2, 2]),
        TensorDescription("int", .int32, [3]), TensorDescription("half", .float16, [2]),
        TensorDescription("brain", .bfloat16, [2]), TensorDescription("byte \"\\\n é", .uint8, []),
      ], metadata: ["z": "1", "a": "two\u{1}"])
    try writer.write([Int64.min, Int64.max], to: "long")
    try writer.write([0.5], to: "double")
    try writer.write([Float(1), -2, .infinity], to: "float")
    try writer.write([Float(0.25)], to: "float")
    try writer.write([Int32(7)], to: "int")
    try writer.write(bytes: [1, 0, 0, 0, 2, 0, 0, 0], to: "int")
    try writer.write([Float16(1.5), -65504], to: "half")
    try writer.write(bytes: [0x80, 0x3F, 0x00, 0xC0], to: "brain")
    try writer.write([UInt8(9)], to: "byte \"\\\n é")
    try writer.commit()
    return path
  }

  @Test func whatIsWrittenIsRead() throws {
    let file = try SafetensorsFile(path: try sample())
    #expect(file.metadata == ["z": "1", "a": "two\u{1}"])
    #expect(file.names.prefix(2) == ["long", "double"])
    #expect(try file.tensor(named: "long").values() == [Int64.min, Int64.max])
    #expect(try file.tensor(named: "double").values(as: Double.self) == [0.5])
    #expect(try file.tensor(named: "none").values(as: Int64.self) == [])
    #expect(try file.tensor(named: "float").floats() == [1, -2, .infinity, 0.25])
    #expect(try file.tensor(named: "float").floats(in: 1..<2) == [-2])
    #expect(try file.tensor(named: "int").values(as: Int32.self, in: 1..<3) == [1, 2])
    #expect(try file.tensor(named: "half").floats() == [1.5, -65504])
    #expect(try file.tensor(named: "brain").floats() == [1, -2])
    #expect(try file.tensor(named: "byte \"\\\n é").rawBytes() == [9])
    #expect(try file.tensor(named: "int").rawBytes(in: 4..<6) == [1, 0])
    #expect(file["half"]?.withBytes { $0.count } == 4)
  }

  @Test func bytesAreTheSameEachTimeAndDataAligned() throws {
    let one = try FileSystem.read(try sample("one"))
    #expect(try FileSystem.read(try sample("two")) == one)
    let file = try SafetensorsFile(path: directory.file("one"))
    for name in file.names {
      let view = try file.tensor(named: name)
      #expect(view.byteRange.lowerBound % view.elementType.byteCount == 0, "\(name)")
    }
  }

  @Test func emptyFileIsAFile() throws {
    let path = directory.file("empty")
    try SafetensorsWriter(path: path, tensors: []).commit()
    let file = try SafetensorsFile(path: path)
    #expect(file.tensors.isEmpty && file.metadata.isEmpty && file.byteCount == 16)
    #expect { try file.tensor(named: "x") } throws: { "\($0)".contains("the file has no tensor") }
  }

  @Test func nothingAppearsWithoutCommit() throws {
    let path = directory.file("uncommitted")
    do {
      let writer = try SafetensorsWriter(path: path, tensors: [TensorDescription("a", .uint8, [1])])
      try writer.write([UInt8(1)], to: "a")
    }
    #expect(try Directory.names(in: directory.path) == [])
  }

  @Test func errorsNameFileTensorAndRemedy() throws {
    let path = try sample()
    let file = try SafetensorsFile(path: path)
    #expect { try file.tensor(named: "lm_head") } throws: {
      let text = "\($0)"
      return text.contains(path) && text.contains("'lm_head'") && text.contains("brain, ")
    }
    #expect { try file.tensor(named: "int").values(as: Float.self) } throws: {
      "\($0)".contains("I32 where F32 is needed")
    }
    #expect { try file.tensor(named: "int").floats() } throws: {
      ($0 as? SafetensorsError)?.code == .unexpectedTensor
    }
    #expect { try file.tensor(named: "float", .float32, shape: [nil, 3]) } throws: {
      "\($0)".contains("F32 [2, 2] where F32 [any, 3]")
    }
    #expect(try file.tensor(named: "float", .float32, shape: [nil, 2]).elementCount == 4)
  }

  @Test func largePiecesPassThrough() throws {
    let path = directory.file("large")
    let values = (0..<300_000).map { Int32($0) }
    let writer = try SafetensorsWriter(
      path: path, tensors: [TensorDescription("a", .int32, [600_001])])
    try writer.write(values, to: "a")
    try writer.write([Int32(-1)], to: "a")
    try writer.write(values, to: "a")
    try writer.commit()
    #expect(try SafetensorsFile(path: path).tensor(named: "a").values() == values + [-1] + values)
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try FileSystem.read(try sample())
    let path = directory.file("cut")
    for count in whole.indices {
      try overwrite(path, Array(whole[..<count]))
      #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
    }
    try AtomicFile.write(whole + [0], to: path)
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
  }

  /// Damaged files are refused or read within their bounds: a trap would end the test process.
  @Test func randomDamageNeverTraps() throws {
    let whole = try FileSystem.read(try sample())
    let path = directory.file("damaged")
    var generator = SeededGenerator(seed: 6)
    var refused = 0
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: bytes.indices, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      try overwrite(path, bytes)
      guard let file = try? SafetensorsFile(path: path) else {
        refused += 1
        continue
      }
      for tensor in file.tensors {
        #expect(try file.tensor(named: tensor.name).rawBytes().count == tensor.byteCount)
      }
    }
    #expect(refused > 1000)
  }

  /// Writes without syncing: thousands of files would wait for the disk.
  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen(path, "wb"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
