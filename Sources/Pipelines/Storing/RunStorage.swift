/// That a run is kept in a store, and where its driver mirrors it.
public struct RunStorage: Sendable {
  /// The store.
  public var store: any RunStore
  /// The run directory of the driver: manifests, the ledger, and what the driver reads.
  public var mirror: String
  /// Whether the run is taken from another driver, which is dead.
  public var takesOver: Bool

  /// Makes it from its parts.
  public init(store: any RunStore, mirror: String, takesOver: Bool = false) {
    self.store = store
    self.mirror = mirror
    self.takesOver = takesOver
  }
}
