import Tensors
import Testing

/// The fused operations give what their formulas give step by step.
struct NetworkTests {
  private let generator = Generator(seed: 11)

  private func difference(_ left: Tensor, _ right: Tensor) -> Double {
    #expect(left.shape == right.shape)
    return (left - right).absolute().largest().item
  }

  @Test func linearIsAProductAndASum() {
    let (x, weight, bias) = (
      generator.normal([2, 5, 3]), generator.normal([4, 3]), generator.normal([4])
    )
    #expect(difference(x.linear(weight, bias: bias), x.matmul(weight.transposed()) + bias) < 1e-6)
    #expect(difference(x.linear(weight), x.matmul(weight.transposed())) < 1e-6)
  }

  @Test func layerNormHasMeanZeroAndVarianceOne() {
    let x = generator.normal([3, 64], mean: 5, standardDeviation: 3)
    let (weight, bias) = (generator.normal([64]), generator.normal([64]))
    let centred = x - x.mean(over: -1, keepingDimensions: true)
    let variance = centred.squared().mean(over: -1, keepingDimensions: true)
    let expected = centred / (variance + 1e-5).squareRoot() * weight + bias
    #expect(difference(x.layerNorm(weight: weight, bias: bias), expected) < 1e-5)
  }

  @Test func softmaxSumsToOne() {
    let x = generator.normal([4, 9], standardDeviation: 30)
    let exponentials = (x - x.largest(over: -1, keepingDimensions: true)).exponential()
    let expected = exponentials / exponentials.sum(over: -1, keepingDimensions: true)
    #expect(difference(x.softmax(), expected) < 1e-6)
    #expect(difference(x.logSoftmax().exponential(), expected) < 1e-6)
    #expect(difference(x.softmax(over: 0).sum(over: 0), .ones([9])) < 1e-6)
  }

  /// softmax(q kᵀ / √D + mask) v, step by step.
  private func attention(_ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor) -> Tensor
  {
    let scores = query.matmul(key.transposed()) / Double(query.shape[-1]).squareRoot()
    return scores.filled(where: mask.not(), with: -.infinity).softmax().matmul(value)
  }

  @Test(arguments: [(7, 7), (1, 9), (70, 130)])
  func attentionIsSoftmaxOfProducts(queries: Int, keys: Int) {
    let query = generator.normal([2, 3, queries, 16])
    let (key, value) = (generator.normal([2, 3, keys, 16]), generator.normal([2, 3, keys, 16]))
    let all = Tensor.ones([queries, keys], type: .bool)
    #expect(
      difference(query.attention(key: key, value: value), attention(query, key, value, all)) < 1e-5)
    let mask = all.lowerTriangle(diagonal: keys - queries)
    #expect(
      difference(
        query.attention(key: key, value: value, mask: mask), attention(query, key, value, mask))
        < 1e-5)
    let added = Tensor.zeros([queries, keys]).filled(where: mask.not(), with: -.infinity)
    #expect(
      difference(
        query.attention(key: key, value: value, mask: added), attention(query, key, value, mask))
        < 1e-5)
    if queries == keys {
      #expect(
        difference(
          query.attention(key: key, value: value, isCausal: true),
          attention(query, key, value, all.lowerTriangle())) < 1e-5)
    }
    let doubled = (query * 2).attention(key: key, value: value, scale: 0.125)
    #expect(difference(doubled, query.attention(key: key, value: value)) < 1e-5)
  }

  @Test func crossEntropyIsTheNegativeLogProbability() {
    let logits = generator.normal([5, 7])
    let targets: [Int64] = [0, 6, -100, 3, 3]
    let expected = targets.enumerated().filter { $0.element >= 0 }.reduce(0.0) {
      $0 - logits.logSoftmax().element($1.offset).element(Int($1.element)).item
    }
    #expect(abs(logits.crossEntropySum(Tensor(targets)).item - expected) < 1e-5)
  }

  @Test func convolutionOfPatchesIsALinearLayerOfThem() {
    let images = generator.normal([2, 3, 8, 8])
    let weight = generator.normal([5, 3, 4, 4])
    let patches = images.reshaped([2, 3, 2, 4, 2, 4]).permuted(0, 2, 4, 1, 3, 5)
      .reshaped([2, 4, 48])
    let expected = patches.linear(weight.reshaped([5, 48])).transposed(1, 2).reshaped([2, 5, 2, 2])
    #expect(difference(images.convolution2D(weight, stride: 4), expected) < 1e-5)
  }

  @Test func paddingIsZerosAllAround() {
    let images = generator.normal([1, 2, 5, 4])
    let (weight, bias) = (generator.normal([3, 2, 3, 3]), generator.normal([3]))
    let rows = Tensor.zeros([1, 2, 1, 4])
    let columns = Tensor.zeros([1, 2, 7, 1])
    let padded = Tensor.concatenated(
      [columns, .concatenated([rows, images, rows], along: 2), columns], along: 3)
    let expected = padded.convolution2D(weight, bias: bias, stride: 2)
    #expect(expected.shape == [1, 3, 3, 2])
    let found = images.convolution2D(weight, bias: bias, stride: 2, padding: 1)
    #expect(difference(found, expected) < 1e-6)
  }

  @Test func poolingTakesTheLargestOfEachWindow() {
    let image = Tensor((0..<16).map { Float($0 * 7 % 16) }, shape: [1, 1, 4, 4])
    //  0  7 14  5
    // 12  3 10  1
    //  8 15  6 13
    //  4 11  2  9
    #expect(image.maxPool2D(size: 3, stride: 1).values(of: Float.self) == [15, 15, 15, 15])
    #expect(image.maxPool2D(size: 2, stride: 2).values(of: Float.self) == [12, 14, 15, 13])
    #expect(image.maxPool2D(size: 3, stride: 2).values(of: Float.self) == [15])
    #expect(
      image.maxPool2D(size: 3, stride: 2, keepingEdges: true).values(of: Float.self)
        == [15, 14, 15, 13])
  }

  @Test func pairsMultiplyAsComplexNumbers() {
    let x = Tensor([1, 2, 3, 4] as [Float])
    let factors = Tensor([0, 1, 2, -1] as [Float])
    // (1 + 2i) i = -2 + i; (3 + 4i)(2 - i) = 10 + 5i.
    #expect(x.multiplyingPairs(factors).values(of: Float.self) == [-2, 1, 10, 5])
  }

  @Test func normalizedVectorsHaveLengthOneOrNone() {
    let x = Tensor([3, 4, 0, 0] as [Float], shape: [2, 2])
    #expect(difference(x.normalized(), Tensor([0.6, 0.8, 0, 0] as [Float], shape: [2, 2])) < 1e-6)
  }

  @Test func dropoutKeepsTheExpectation() {
    let ones = Tensor.ones([100_000])
    let dropped = ones.dropout(0.25, Generator(seed: 5))
    #expect(abs(dropped.mean().item - 1) < 0.01)
    let zeros = dropped.equal(to: 0).converted(to: .float32).mean().item
    #expect(abs(zeros - 0.25) < 0.01)
    #expect(abs(dropped.largest().item - 4 / 3.0) < 1e-6)
    #expect(dropped.bytes() == ones.dropout(0.25, Generator(seed: 5)).bytes())
    #expect(ones.dropout(0, generator) === ones)
  }
}
