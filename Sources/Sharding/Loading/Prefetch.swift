internal import Dispatch
internal import Foundation

/// The elements of a source, made by threads of its own ahead of the one that takes them.
///
/// The elements and their order are those of the source whatever the number of threads, and an error comes
/// out where the element that it is of would have. At most ``depth`` elements are made and not yet taken,
/// which bounds the memory.
///
/// Training runs on one thread from its first step to its last, since libtorch keeps threads and their
/// number by the thread that calls it; a task would go on elsewhere after each suspension. Hence threads,
/// which end with the scope that began them.
public final class Prefetch<Source: PrefetchSource> {
  /// The most elements that are made and not taken.
  public let depth: Int

  private let shelf: PrefetchShelf<Source>
  private var taken = 0
  private var isAtEnd = false

  private init(_ source: Source, depth: Int) {
    self.depth = depth
    shelf = PrefetchShelf(source, depth: depth)
  }

  /// Begins to make the elements of a source, lets a function take them, and stops.
  ///
  /// - Parameters:
  ///   - depth: The most elements that are made and not taken.
  ///   - readers: The threads that make them.
  ///   - body: Takes elements by ``next()``, as many as it likes. When it has ended no thread is left.
  /// - Throws: What `body` throws.
  public static func reading<Result>(
    _ source: Source, depth: Int, readers: Int = 1, _ body: (Prefetch) throws -> Result
  ) rethrows -> Result {
    precondition(depth > 0 && readers > 0, "one element and one thread at least")
    let prefetch = Prefetch(source, depth: depth)
    let finished = DispatchSemaphore(value: 0)
    for number in 0..<readers {
      let thread = Thread { [shelf = prefetch.shelf] in
        shelf.fill()
        finished.signal()
      }
      thread.name = "weft reader \(number)"
      thread.start()
    }
    defer {
      prefetch.shelf.close(readers: readers)
      for _ in 0..<readers { finished.wait() }
    }
    return try body(prefetch)
  }

  /// The next element, which is waited for; `nil` after the last, and after an error.
  ///
  /// - Throws: What the source threw when it was to say or make this element.
  public func next() throws -> Source.Element? {
    if isAtEnd { return nil }
    let result = shelf.take(taken)
    taken += 1
    guard case .success(.some(let element)) = result else {
      isAtEnd = true
      _ = try result.get()
      return nil
    }
    return element
  }
}
