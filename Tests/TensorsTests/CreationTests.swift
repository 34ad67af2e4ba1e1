import Tensors
import Testing

/// Numbers go into tensors and come out again as they were.
struct CreationTests {
  @Test func everyScalarTypeGoesThereAndBack() {
    func check<Scalar: TensorScalar & Equatable>(_ values: [Scalar]) {
      let tensor = Tensor(values, shape: [2, 2])
      #expect(tensor.type == Scalar.scalarType)
      #expect(tensor.shape == [2, 2])
      #expect(tensor.values(of: Scalar.self) == values)
      #expect(tensor.bytes().count == 4 * Scalar.scalarType.byteCount)
    }
    check([0, -1.5, .infinity, .leastNonzeroMagnitude] as [Float])
    check([0, -1.5, .infinity, .leastNonzeroMagnitude] as [Double])
    check([0, -1.5, .infinity, 6e-8] as [Float16])
    check([0, -1, .min, .max] as [Int8])
    check([0, 1, .min, .max] as [UInt8])
    check([0, -1, .min, .max] as [Int32])
    check([0, -1, .min, .max] as [Int64])
    check([true, false, false, true])
  }

  @Test func emptyTensorsAreTensors() {
    let tensor = Tensor([Float](), shape: [0, 3])
    #expect(tensor.shape == [0, 3])
    #expect(tensor.elementCount == 0)
    #expect(tensor.bytes().isEmpty)
    #expect(tensor.sum().item == 0)
  }

  @Test func spansAndBytesAreCopied() {
    let values: [Int32] = [1, 2, 3, 4, 5, 6]
    #expect(Tensor(values.span, shape: [3, 2]).values(of: Int32.self) == values)
    let fromBytes = values.withUnsafeBytes { Tensor(bytes: $0, type: .int32, shape: [6]) }
    #expect(fromBytes.values(of: Int32.self) == values)
  }

  @Test func filledTensorsHoldTheirNumber() {
    #expect(Tensor(2.5).shape == [])
    #expect(Tensor(2.5).item == 2.5)
    #expect(Tensor.ones([2, 2], type: .int64).values(of: Int64.self) == [1, 1, 1, 1])
    #expect(Tensor.zeros([3]).values(of: Float.self) == [0, 0, 0])
    #expect(Tensor.range(2..<5).values(of: Int64.self) == [2, 3, 4])
    #expect(Tensor.range(-2..<0, type: .float32).values(of: Float.self) == [-2, -1])
  }

  @Test func typesAreConverted() {
    let tensor = Tensor([1.75, -2, 0] as [Float])
    #expect(tensor.converted(to: .int32).values(of: Int32.self) == [1, -2, 0])
    #expect(tensor.converted(to: .bool).values(of: Bool.self) == [true, true, false])
    #expect(tensor.converted(to: .bfloat16).values(of: Float.self) == [1.75, -2, 0])
    #expect(tensor.values(of: Double.self) == [1.75, -2, 0])
    #expect(tensor.converted(to: .float32) === tensor)
  }

  @Test func tensorsWithoutMemoryHaveShapes() {
    let tensor = Tensor.uninitialized([1_000_000, 1_000_000], device: .meta)
    #expect(tensor.elementCount == 1_000_000_000_000)
    #expect(tensor.device == .meta)
    #expect(tensor.transposed().shape == [1_000_000, 1_000_000])
  }

  @Test func shapesCountFromBothEnds() {
    let shape: Shape = [2, 3, 5]
    #expect(shape[0] == 2)
    #expect(shape[-1] == 5)
    #expect(shape.elementCount == 30)
    #expect(shape.description == "[2, 3, 5]")
    #expect(Shape([]).elementCount == 1)
  }

  @Test func thisPackageWasBuiltWithTheLibtorchItNames() {
    #expect(libtorchVersion.hasPrefix("2."))
    #expect(Device.cudaCount >= 0)
  }
}
