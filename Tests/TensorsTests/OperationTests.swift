import Tensors
import Testing

/// Operations give the numbers of their formulas.
struct OperationTests {
  private let a = Tensor([1, -2, 3, -4] as [Float], shape: [2, 2])
  private let row = Tensor([10, 100] as [Float])

  @Test func arithmeticBroadcasts() {
    #expect((a + row).values(of: Float.self) == [11, 98, 13, 96])
    #expect((a - row).values(of: Float.self) == [-9, -102, -7, -104])
    #expect((a * row).values(of: Float.self) == [10, -200, 30, -400])
    #expect((row / a).values(of: Float.self) == [10, -50, 10 / 3, -25])
    #expect((a + 1).values(of: Float.self) == [2, -1, 4, -3])
    #expect((a - 1).values(of: Float.self) == [0, -3, 2, -5])
    #expect((a * 2).values(of: Float.self) == [2, -4, 6, -8])
    #expect((a / 2).values(of: Float.self) == [0.5, -1, 1.5, -2])
    #expect((-a).values(of: Float.self) == [-1, 2, -3, 4])
    #expect(a.power(2).values(of: Float.self) == [1, 4, 9, 16])
    #expect(a.squared().values(of: Float.self) == [1, 4, 9, 16])
    #expect(a.maximum(row * 0).values(of: Float.self) == [1, 0, 3, 0])
    #expect(a.minimum(row * 0).values(of: Float.self) == [0, -2, 0, -4])
    #expect(a.clamped(to: -2...2).values(of: Float.self) == [1, -2, 2, -2])
    #expect(a.absolute().values(of: Float.self) == [1, 2, 3, 4])
    #expect(a.rectified().values(of: Float.self) == [1, 0, 3, 0])
  }

  @Test func comparisonsAreBoolean() {
    #expect(a.less(than: 0).values(of: Bool.self) == [false, true, false, true])
    #expect(a.greater(than: row).any().item == 0)
    #expect(a.atMost(1).values(of: Bool.self) == [true, true, false, true])
    #expect(a.equal(to: 3).values(of: Bool.self) == [false, false, true, false])
    #expect(a.notEqual(to: a).any().item == 0)
    #expect(
      a.less(than: 0).not().or(a.equal(to: -2)).values(of: Bool.self) == [true, true, true, false])
    #expect(
      a.less(than: 0).and(a.equal(to: -2)).values(of: Bool.self) == [false, true, false, false])
    let odd = Tensor([1, .nan, .infinity, -.infinity] as [Float])
    #expect(odd.isFinite().values(of: Bool.self) == [true, false, false, false])
    #expect(a.filled(where: a.less(than: 0), with: 9).values(of: Float.self) == [1, 9, 3, 9])
    let chosen = a.selected(where: a.less(than: 0), otherwise: a * 10)
    #expect(chosen.values(of: Float.self) == [10, -2, 30, -4])
  }

  @Test func functionsAreThoseOfMathematics() {
    let x = Tensor([0.5] as [Double])
    #expect(abs(x.exponential().item - 1.6487212707001282) < 1e-12)
    #expect(abs(x.logarithm().item + 0.6931471805599453) < 1e-12)
    #expect(abs(x.sine().item - 0.479425538604203) < 1e-12)
    #expect(abs(x.cosine().item - 0.8775825618903728) < 1e-12)
    #expect(abs(x.squareRoot().item - 0.7071067811865476) < 1e-12)
    #expect(abs(x.reciprocalSquareRoot().item - 1.4142135623730951) < 1e-12)
    #expect(abs(x.sigmoid().item - 0.6224593312018546) < 1e-12)
    #expect(abs(x.hyperbolicTangent().item - 0.46211715726000973) < 1e-12)
    // x Φ(x) with Φ(0.5) = 0.69146246…
    #expect(abs(x.gelu().item - 0.34573123063700656) < 1e-12)
  }

  @Test func reductionsTakeDimensions() {
    #expect(a.sum().item == -2)
    #expect(a.sum(over: 0).values(of: Float.self) == [4, -6])
    #expect(a.sum(over: 1, keepingDimensions: true).shape == [2, 1])
    #expect(a.mean(over: -1).values(of: Float.self) == [-0.5, -0.5])
    #expect(a.largest().item == 3)
    #expect(a.smallest(over: 0).values(of: Float.self) == [1, -4])
    #expect(Tensor([3, 4] as [Float]).euclideanNorm().item == 5)
    #expect(abs(Tensor([0, 0] as [Double]).logSumExp(over: 0).item - 0.6931471805599453) < 1e-12)
    #expect(a.greater(than: 0).all().item == 0)
    #expect(a.indexOfLargest(over: 1).values(of: Int64.self) == [0, 0])
    #expect(a.cumulativeSum(over: 1).values(of: Float.self) == [1, -1, 3, -1])
    let top = Tensor([5, 1, 9, 7] as [Float]).top(3)
    #expect(top.values.values(of: Float.self) == [9, 7, 5])
    #expect(top.indices.values(of: Int64.self) == [2, 3, 0])
  }

  @Test func shapesChange() {
    let cube = Tensor.range(0..<24).reshaped([2, 3, -1])
    #expect(cube.shape == [2, 3, 4])
    #expect(cube.permuted(2, 0, 1).shape == [4, 2, 3])
    #expect(cube.transposed().shape == [2, 4, 3])
    #expect(!cube.transposed().isContiguous)
    #expect(cube.transposed().contiguous().isContiguous)
    #expect(cube.transposed(0, 1).element(2).element(1).values(of: Int64.self) == [20, 21, 22, 23])
    #expect(cube.slice(1..<3, of: 1).shape == [2, 2, 4])
    #expect(cube.element(-1, of: 2).shape == [2, 3])
    #expect(cube.insertingDimension(1).shape == [2, 1, 3, 4])
    #expect(cube.insertingDimension(1).removingDimension(1).shape == [2, 3, 4])
    #expect(Tensor.zeros([1, 3]).expanded([5, -1]).shape == [5, 3])
    #expect(Tensor.concatenated([cube, cube], along: 2).shape == [2, 3, 8])
    #expect(Tensor.stacked([cube, cube, cube], along: 1).shape == [2, 3, 3, 4])
    let ones = Tensor.ones([3, 3], type: .int64)
    #expect(ones.lowerTriangle().values(of: Int64.self) == [1, 0, 0, 1, 1, 0, 1, 1, 1])
    #expect(ones.lowerTriangle(diagonal: -1).sum().item == 3)
  }

  @Test func viewsShareMemoryAndCopiesDoNot() {
    let base = Tensor.zeros([2, 3])
    let copy = base.copy()
    base.slice(1..<2, of: 0).fill(7)
    base.element(0).assign(Tensor([1, 2, 3] as [Int64]))
    base.add(.ones([3]), scaledBy: 10)
    base.multiply(by: 2)
    #expect(base.values(of: Float.self) == [22, 24, 26, 34, 34, 34])
    #expect(copy.values(of: Float.self) == [0, 0, 0, 0, 0, 0])
  }

  @Test func indicesChooseAndReplace() {
    let table = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
    let rows = Tensor([2, 0] as [Int64])
    #expect(table.gathering(rows).values(of: Float.self) == [5, 6, 1, 2])
    #expect(table.embedding(of: rows.reshaped([1, 2])).shape == [1, 2, 2])
    #expect(
      table.picking(Tensor([1, 0, 1] as [Int64], shape: [3, 1]), along: 1)
        .values(of: Float.self) == [2, 3, 6])
    #expect(
      table.replacing(rows, with: .zeros([2, 2])).values(of: Float.self) == [0, 0, 3, 4, 0, 0])
    #expect(table.values(of: Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(table.greater(than: 4).nonZeroIndices().values(of: Int64.self) == [2, 0, 2, 1])
    #expect(table.less(than: 0).nonZeroIndices().shape == [0, 2])
  }
}
