internal import Foundation

extension StoreConfiguration {
  /// The time of this machine in seconds since 1970.
  static let clock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

  /// The configuration that this process's environment tells.
  public static func ofProcess() throws(ObjectStoreError) -> StoreConfiguration {
    try StoreConfiguration(environment: ProcessInfo.processInfo.environment)
  }
}
