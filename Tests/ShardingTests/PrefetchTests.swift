import Glibc
import Sharding
import Synchronization
import TestSupport
import Testing

struct PrefetchTests {
  /// What a source can fail at.
  private struct Fault: Error, Equatable { var place: Int }

  /// Numbers from 0 on, each made in a time of its own.
  private struct Numbers: PrefetchSource {
    var count = Int.max
    /// The number that cannot be said.
    var unsaid: Int?
    /// The number that cannot be made.
    var unmade: Int?
    var log = Log()
    private var said = 0

    init(_ count: Int = .max, unsaid: Int? = nil, unmade: Int? = nil, log: Log = Log()) {
      (self.count, self.unsaid, self.unmade, self.log) = (count, unsaid, unmade, log)
    }

    mutating func next() throws -> Int? {
      if said == unsaid { throw Fault(place: said) }
      if said == count { return nil }
      defer { said += 1 }
      return said
    }

    func make(_ number: Int) throws -> Int {
      log.made.withLock { $0 += 1 }
      var generator = SeededGenerator(seed: UInt64(number))
      usleep(UInt32.random(in: 0..<300, using: &generator))
      if number == unmade { throw Fault(place: number) }
      return number * number
    }
  }

  /// How many numbers were made, seen from outside.
  private final class Log: Sendable {
    let made = Mutex(0)
    var count: Int { made.withLock { $0 } }
  }

  @Test(arguments: [1, 2, 3, 8], [1, 2, 5, 64])
  func theOrderIsThatOfTheSource(readers: Int, depth: Int) throws {
    let found = try Prefetch.reading(Numbers(100), depth: depth, readers: readers) { numbers in
      var found: [Int] = []
      while let number = try numbers.next() { found.append(number) }
      #expect(try numbers.next() == nil)
      return found
    }
    #expect(found == (0..<100).map { $0 * $0 })
  }

  @Test(arguments: [1, 3, 8], [1, 4])
  func noMoreIsMadeThanMayWait(readers: Int, depth: Int) throws {
    let log = Log()
    try Prefetch.reading(Numbers(log: log), depth: depth, readers: readers) { numbers in
      for taken in 1...20 {
        _ = try numbers.next()
        usleep(2000)
        #expect(log.count <= taken + depth)
      }
    }
  }

  /// While one is used the next are made.
  @Test func elementsAreMadeAhead() {
    let log = Log()
    Prefetch.reading(Numbers(log: log), depth: 4) { _ in
      for _ in 0..<1000 where log.count < 4 { usleep(1000) }
      #expect(log.count == 4)
    }
  }

  @Test(arguments: [1, 3, 8], [0, 1, 37])
  func anErrorComesWhereItsElementWould(readers: Int, place: Int) {
    for source in [Numbers(unsaid: place), Numbers(unmade: place)] {
      var taken = 0
      #expect(throws: Fault(place: place)) {
        try Prefetch.reading(source, depth: 6, readers: readers) { numbers in
          while try numbers.next() != nil { taken += 1 }
        }
      }
      #expect(taken == place)
    }
  }

  @Test func nothingFollowsAnError() throws {
    try Prefetch.reading(Numbers(unmade: 0), depth: 2) { numbers in
      #expect(throws: Fault(place: 0)) { try numbers.next() }
      let after = try numbers.next()
      #expect(after == nil)
    }
  }

  @Test(arguments: [0, 1, 10])
  func whoLeavesEarlyLeavesNoThread(taken: Int) throws {
    let log = Log()
    #expect(throws: Fault(place: -1)) {
      try Prefetch.reading(Numbers(log: log), depth: 3, readers: 4) { numbers in
        for _ in 0..<taken { _ = try numbers.next() }
        throw Fault(place: -1)
      }
    }
    let made = log.count
    usleep(20_000)
    #expect(log.count == made)
  }
}
