internal import Dispatch
internal import Synchronization

/// Where elements wait to be taken: a ring of as many places as may be made ahead.
final class PrefetchShelf<Source: PrefetchSource>: Sendable {
  private typealias Outcome<Value> = Result<Value?, any Error>

  private struct Begun {
    var source: Source
    var count = 0
    var isClosed = false
  }

  private let first: Source
  private let begun: Mutex<Begun>
  private let places: Mutex<[Result<Source.Element?, any Error>?]>
  /// How many elements may be begun: one for each free place.
  private let room = DispatchSemaphore(value: 0)
  /// Whether the element of a place has arrived.
  private let arrived: [DispatchSemaphore]

  init(_ source: Source, depth: Int) {
    first = source
    begun = Mutex(Begun(source: source))
    places = Mutex(Array(repeating: nil, count: depth))
    arrived = (0..<depth).map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<depth { room.signal() }
  }

  /// Makes elements until there are no more or the shelf is closed.
  func fill() {
    while let (number, request) = begin() {
      let element = Outcome { try request.get().map(first.make) }
      let place = number % arrived.count
      places.withLock { $0[place] = element }
      arrived[place].signal()
    }
  }

  /// Waits for an element and takes it; elements are taken by ascending numbers.
  func take(_ number: Int) -> Result<Source.Element?, any Error> {
    let place = number % arrived.count
    arrived[place].wait()
    let element = places.withLock { places in
      defer { places[place] = nil }
      return places[place]
    }
    room.signal()
    guard let element else { preconditionFailure("what has arrived is there") }
    return element
  }

  /// Lets no more elements begin and wakes the threads that wait for room.
  func close(readers: Int) {
    begun.withLock { $0.isClosed = true }
    for _ in 0..<readers { room.signal() }
  }

  /// Waits for a free place and says what belongs there; `nil` where nothing more is begun.
  private func begin() -> (number: Int, request: Result<Source.Request?, any Error>)? {
    room.wait()
    return begun.withLock { begun in
      if begun.isClosed { return nil }
      let request = Outcome { try begun.source.next() }
      // After the last element, or one that cannot be said, there is nothing to begin.
      begun.isClosed = (try? request.get()) == nil
      begun.count += 1
      return (begun.count - 1, request)
    }
  }
}
