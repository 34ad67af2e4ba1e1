import ObjectStores
import StoreServer

extension StoreServer {
  /// A store that speaks to this server, with waits that a test can bear.
  func store(_ change: (inout StoreConfiguration) -> Void = { _ in }) -> ObjectStore {
    var configuration = StoreConfiguration(
      endpoint: endpoint,
      access: .signed(
        Credentials(accessKey: StoreServer.accessKey, secretKey: StoreServer.secretKey)))
    configuration.retries.first = .milliseconds(1)
    configuration.retries.longest = .milliseconds(4)
    configuration.retries.shortestOfWeb = .milliseconds(1)
    configuration.retries.attempts = 4
    change(&configuration)
    return ObjectStore(configuration)
  }
}

/// Bytes that differ from place to place.
func pattern(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
}

/// The error that a function ends with.
func error<Value>(of body: () throws -> Value) -> ObjectStoreError? {
  do {
    _ = try body()
    return nil
  } catch { return error as? ObjectStoreError }
}
