internal import Dispatch
internal import Synchronization

/// Many transfers from and to a store, several at a time: each waits for round trips more than it works.
enum Transfers {
  /// How many there are at a time.
  private static let width = 8

  /// Calls a function with each element; after an error no more are begun.
  ///
  /// - Throws: The first error.
  static func each<Element: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) throws -> Void
  ) throws {
    if elements.count < 2 { return try elements.forEach(body) }
    let queue = DispatchQueue(label: "weft transfers", attributes: .concurrent)
    let free = DispatchSemaphore(value: width)
    let group = DispatchGroup()
    let failure = Mutex<(any Error)?>(nil)
    for element in elements {
      free.wait()
      if failure.withLock({ $0 != nil }) {
        free.signal()
        break
      }
      queue.async(group: group) {
        do { try body(element) } catch {
          failure.withLock { if $0 == nil { $0 = error } }
        }
        free.signal()
      }
    }
    group.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
