internal import Documents
internal import Safetensors

/// The images of a shard's sequences, by their place among all its tokens.
struct ImageSlots: Sendable {
  private let positions: [Int64]
  private let rows: [Int32]
  private let latents: Int

  init(
    _ file: SafetensorsFile, _ description: ShardDescription, _ counts: ShardCounts
  ) throws(ShardingError) {
    (positions, rows) = try file.checked { (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "imagePositions", .int64, shape: [counts.slots]).values(),
        try file.tensor(named: "imageRows", .int32, shape: [counts.slots]).values()
      )
    }
    latents = description.latents
    let bounds = 2..<max(2, Int64(counts.tokens) - Int64(latents) + 1)
    // Between the latent positions of two images stand at least `</image>` and `<image>`.
    guard positions.allSatisfy(bounds.contains),
      zip(positions, positions.dropFirst()).allSatisfy({ $1 - $0 >= latents + 2 })
    else {
      throw ShardingError(
        .damaged, path: file.path,
        "'imagePositions' do not ascend within the tokens; make the shard again")
    }
    guard rows.allSatisfy({ $0 >= 0 && Int($0) < counts.images }) else {
      throw ShardingError(
        .damaged, path: file.path,
        "'imageRows' names a row outside the \(counts.images) images; make the shard again")
    }
  }

  /// The images of a range of tokens, their positions counted from its start.
  func images(in range: Range<Int>) -> [ShardSequence.Image] {
    slots(in: range).map {
      ShardSequence.Image(
        position: Int(positions[$0]) - range.lowerBound, row: Int(rows[$0]))
    }
  }

  /// Whether the images that begin in a range, after `<s>` and `<image>`, end in it.
  func lie(within range: Range<Int>) -> Bool {
    let slots = slots(in: range)
    guard let first = slots.first, let last = slots.last else { return true }
    return Int(positions[first]) >= range.lowerBound + 2
      && Int(positions[last]) + latents < range.upperBound
  }

  private func slots(in range: Range<Int>) -> Range<Int> {
    positions.firstIndex(
      atLeast: range.lowerBound)..<positions.firstIndex(
        atLeast: range.upperBound)
  }
}

/// Whose tokens a shard's tokens are.
struct SegmentTable: Sendable {
  private let starts: [Int64]
  private let offsets: [Int64]
  private let documents: TensorView

  init(_ file: SafetensorsFile, _ counts: ShardCounts) throws(ShardingError) {
    (starts, offsets, documents) = try file.checked { (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "segmentStarts", .int64, shape: [counts.segments]).values(),
        try file.tensor(named: "segmentOffsets", .int64, shape: [counts.segments]).values(),
        try file.tensor(
          named: "segmentDocuments", .uint8, shape: [counts.segments, DocumentID.byteCount])
      )
    }
    let ascend = zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }
    let within = starts.first ?? 0 >= 0 && starts.last ?? -1 < counts.tokens
    guard ascend, within, offsets.allSatisfy({ $0 >= 0 && $0 < 1 << 48 }) else {
      throw ShardingError(
        .damaged, path: file.path,
        "'segmentStarts' do not ascend within the tokens, or a 'segmentOffsets' is negative;"
          + " make the shard again")
    }
  }

  /// The segments of a range of tokens, their starts counted from its start.
  func segments(in range: Range<Int>) -> [Segment] {
    indices(in: range).compactMap { index in
      let byte = index * DocumentID.byteCount
      let bytes = documents.rawBytes(in: byte..<byte + DocumentID.byteCount)
      return DocumentID(bytes: bytes).map {
        Segment(
          start: Int(starts[index]) - range.lowerBound, document: $0, offset: Int(offsets[index]))
      }
    }
  }

  /// Whether segments cover a sequence from the token after its `<s>`.
  func covers(_ range: Range<Int>) -> Bool {
    let indices = indices(in: range)
    guard let first = indices.first else { return range.count == 1 }
    return Int(starts[first]) == range.lowerBound + 1
  }

  private func indices(in range: Range<Int>) -> Range<Int> {
    starts.firstIndex(atLeast: range.lowerBound)..<starts.firstIndex(atLeast: range.upperBound)
  }
}

extension [Int64] {
  /// The index of the first of ascending numbers that is not below a limit.
  ///
  /// - Complexity: O(log n).
  fileprivate func firstIndex(atLeast limit: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < Int64(limit) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
