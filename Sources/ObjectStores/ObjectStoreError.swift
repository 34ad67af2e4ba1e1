/// Why an object could not be read or written, and what to do about it; it never holds a secret.
public struct ObjectStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// The address is none.
    case badAddress
    /// A setting of the environment or of a shared file cannot be.
    case configuration
    /// There are no credentials, and requests are to be signed.
    case noCredentials
    /// The store does not know the credentials, or they do not fit each other.
    case wrongCredentials
    /// The credentials do not allow it.
    case denied
    /// The bucket does not exist.
    case noBucket
    /// The object does not exist.
    case noObject
    /// The object is another than it was at first.
    case changed
    /// This machine's clock and the store's are too far apart.
    case clockSkew
    /// Nobody answers there, or what answers is no store of this kind.
    case endpoint
    /// Fewer or other bytes came than were announced.
    case truncated
    /// The store did not do it within all tries or the time there is.
    case unavailable
    /// The caller was asked to stop while the store waited to try again.
    case stopped
    /// The server cannot do what is needed.
    case unsupported
    /// There is more than is read.
    case tooLarge
    /// A file of this machine cannot be read or written, or it lacks memory.
    case machine
  }

  /// What kind of fault it is.
  public var code: Code
  /// What went wrong and how it may be mended.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
