public import Documents
internal import RemoteArchives
internal import WebArchive

/// Reads the bytes of images out of the archives of a run, to be kept by one worker.
///
/// Of an archive that lies in a store it brings many images by few requests: the one that is asked for, and
/// those that are expected after it. What was brought stays at hand within a bound, so that an image that
/// several pages show is brought once where memory allows. The bytes do not depend on it.
public struct ImageBytesReader: Sendable {
  /// How many bytes of records are brought at once: some seconds' work, and far more than a round trip costs.
  static let batchBytes: Int64 = 32 << 20
  /// How many bytes of records stay at hand at most.
  private static let heldBytes: Int64 = 64 << 20

  private struct Batch {
    var locations: [RecordLocation]
    var bytes: Int64
  }

  private let run: RunContext
  /// Readers of archives whose bytes are on this machine.
  private var local: [Int: RecordReader] = [:]
  /// Archives whose bytes are not.
  private var remote: Set<Int> = []
  private var expected: [RecordLocation] = []
  /// Where an image stands first among those expected.
  private var places: [RecordLocation: Int] = [:]
  /// Readers of what was brought.
  private var held: [RecordLocation: RecordReader] = [:]
  /// What was brought, the earliest first.
  private var batches: [Batch] = []

  init(_ run: RunContext) { self.run = run }

  /// Says which images will be asked for next, in about this order; what was expected before is not any more.
  public mutating func expect(_ images: some Sequence<ResolvedImage>) {
    expected.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    for image in images where places[image.location] == nil {
      places[image.location] = expected.count
      expected.append(image.location)
    }
  }

  /// Reads the bytes of an image.
  ///
  /// - Throws: ``RunError`` where the archive no longer holds them, `ObjectStoreError` where a store does not
  ///   give them.
  public mutating func bytes(of image: ResolvedImage) throws -> [UInt8] {
    let reader = try reader(of: image.location)
    guard let response = reader.response(at: image.location).value else {
      throw RunError(
        .input,
        "'\(run.inputs[image.location.input].path)' has changed while it was being read; run again")
    }
    return response.body
  }

  /// Whether an image is read without asking a store.
  mutating func isAtHand(_ image: ResolvedImage) throws -> Bool {
    try held[image.location] != nil || localReader(of: image.location.input) != nil
  }

  private mutating func reader(of location: RecordLocation) throws -> RecordReader {
    if let reader = try localReader(of: location.input) ?? held[location] { return reader }
    try bring(batch(from: location))
    guard let reader = held[location] else {
      preconditionFailure("a batch begins with the image that is asked for")
    }
    return reader
  }

  private mutating func localReader(of input: Int) throws -> RecordReader? {
    if let reader = local[input] { return reader }
    if remote.contains(input) { return nil }
    local[input] = try run.archives.recordReader(
      of: run.inputs[input].archive, limits: run.configuration.read.limits)
    if local[input] == nil { remote.insert(input) }
    return local[input]
  }

  /// An image and what is expected after it, as far as it is not at hand and a batch may hold.
  private mutating func batch(from location: RecordLocation) throws -> Batch {
    var batch = Batch(locations: [location], bytes: location.memberLength)
    guard let place = places[location] else { return batch }
    for next in expected[(place + 1)...] where held[next] == nil {
      if try localReader(of: next.input) != nil { continue }
      if batch.bytes + next.memberLength > Self.batchBytes { break }
      batch.bytes += next.memberLength
      batch.locations.append(next)
    }
    return batch
  }

  private mutating func bring(_ batch: Batch) throws {
    while !batches.isEmpty,
      batches.reduce(batch.bytes, { $0 + $1.bytes }) > Self.heldBytes
    {
      for location in batches.removeFirst().locations { held[location] = nil }
    }
    for (input, locations) in Dictionary(grouping: batch.locations, by: \.input) {
      let reader = try run.recordReader(input, for: locations)
      for location in locations { held[location] = reader }
    }
    batches.append(batch)
  }
}
