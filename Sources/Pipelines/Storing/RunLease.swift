internal import Documents
internal import Foundation

/// The right to change a run in a store, which one driver at a time has.
///
/// A store knows no processes, so a driver that is killed leaves its lease, and only a person knows that it is
/// dead.
final class RunLease: Sendable {
  /// The name of the lease in a run.
  static let name = "lease.json"

  private struct Holder: Codable {
    var format = "weft-lease"
    var version = 1
    var host: String
    var process: Int32
    var began: String
    var token: UInt64
  }

  private let store: any RunStore
  private let own: Holder

  /// Takes the lease.
  ///
  /// - Parameter takingOver: Whether that of another driver is taken from it.
  /// - Throws: ``RunError`` where another driver has it.
  init(_ store: any RunStore, takingOver: Bool) throws {
    self.store = store
    own = Holder(
      host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier,
      began: Date().formatted(.iso8601), token: .random(in: 0...(.max)))
    let bytes = Array(try JSONEncoder().encode(own))
    if takingOver { try store.write(bytes, as: Self.name) }
    if try store.create(bytes, as: Self.name) || Self.holder(in: store)?.token == own.token {
      return
    }
    let other = try Self.holder(in: store)
    throw RunError(
      .directory,
      "another weft is at work in '\(store.address)': process \(other?.process ?? 0) on "
        + "\(other?.host ?? "an unknown host"), since \(other?.began ?? "an unknown time"); stop it "
        + "first, or, where it is dead, take over by --take-over")
  }

  /// Checks that nobody has taken it over: to be asked before everything that changes the run.
  ///
  /// - Throws: ``RunError`` where another driver has it.
  func check() throws {
    if try Self.holder(in: store)?.token == own.token { return }
    throw RunError(
      .directory, "another weft has taken over '\(store.address)'; this one stops")
  }

  /// Gives it back, as well as that goes: where it stays, the next driver must take over.
  func giveBack() {
    // A driver that was asked to stop does not wait for its store, which may refuse now and then.
    for _ in 0..<Self.tries {
      do {
        if try Self.holder(in: store)?.token == own.token { try store.remove(Self.name) }
        return
      } catch { continue }
    }
  }

  private static let tries = 4

  private static func holder(in store: any RunStore) throws -> Holder? {
    try store.read(name).flatMap { try? JSONDecoder().decode(Holder.self, from: Data($0)) }
  }
}
