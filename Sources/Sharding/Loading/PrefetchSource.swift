/// What is made ahead of time, in two steps: what comes next is said in order, and several are made at once.
public protocol PrefetchSource: Sendable {
  /// What is to be made.
  associatedtype Request: Sendable
  /// What is made of it.
  associatedtype Element: Sendable

  /// Says what comes next; `nil` after the last.
  ///
  /// It is called by one thread at a time, and not again after it has thrown.
  mutating func next() throws -> Request?

  /// Makes an element, on any thread and beside others.
  ///
  /// It is called on the source as it was before its first ``next()``, so that an element is a function of
  /// its request.
  func make(_ request: Request) throws -> Element
}
