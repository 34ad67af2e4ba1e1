/// Which store is spoken to, as whom, and how patiently.
public struct StoreConfiguration: Sendable {
  /// Whether and with what requests are signed.
  public enum Access: Sendable {
    /// With these credentials.
    case signed(Credentials)
    /// Not at all: public buckets.
    case anonymous
    /// There are no credentials: the words say where they were looked for.
    case missing(String)
  }

  /// The address of the store; `nil` for AWS.
  public var endpoint: String?
  /// The region that requests are signed for.
  public var region = "us-east-1"
  /// Whether and with what requests are signed.
  public var access: Access
  /// A file of certificates to trust in the place of the system's.
  public var certificates: String?
  /// How often and how patiently things are tried.
  public var retries = RetryPolicy()
  /// The bytes of one range of a large object.
  public var pieceBytes = 8 << 20
  /// How many ranges of one object are read at once; web servers are asked for at most two.
  public var connections = 4
  /// How many ranges may wait to be taken, beyond those under way.
  public var piecesAhead = 4
  /// The bytes of one part of a large upload, at least 5 MiB; what is smaller is sent in one request.
  public var partBytes = 16 << 20
  /// Asked while the store waits to try again; on `true` the call ends with `stopped`.
  public var isStopped: @Sendable () -> Bool = { false }
  /// Seconds since 1970; what requests are dated with.
  public var now: @Sendable () -> Int64 = StoreConfiguration.clock

  /// Makes a configuration of a store.
  ///
  /// - Parameter endpoint: The address of the store; `nil` for AWS.
  public init(endpoint: String? = nil, access: Access) {
    self.endpoint = endpoint
    self.access = access
  }
}

extension StoreConfiguration {
  /// The configuration that the environment and the shared files tell.
  ///
  /// It is AWS's own: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` or
  /// `AWS_DEFAULT_REGION`, `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, `AWS_CA_BUNDLE`, `AWS_PROFILE`,
  /// `AWS_SHARED_CREDENTIALS_FILE`, `AWS_CONFIG_FILE`; with `AWS_NO_SIGN_REQUEST=YES` nothing is signed. The
  /// environment goes before the files.
  ///
  /// - Throws: ``ObjectStoreError`` `configuration` where a file cannot be read or a named profile is missing.
  public init(environment: [String: String]) throws(ObjectStoreError) {
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0]?.trimmed }.first { !$0.isEmpty }
    }
    let home = (value("HOME") ?? "") + "/.aws/"
    let keys = try SharedFile(
      path: value("AWS_SHARED_CREDENTIALS_FILE") ?? home + "credentials")
    let settings = try SharedFile(path: value("AWS_CONFIG_FILE") ?? home + "config")
    let profile = value("AWS_PROFILE") ?? "default"
    let found = [keys.profile(profile), settings.profile(profile)].compactMap { $0 }
    if found.isEmpty, value("AWS_PROFILE") != nil, value("AWS_ACCESS_KEY_ID") == nil {
      throw ObjectStoreError(
        .configuration,
        "AWS_PROFILE names the profile '\(profile)', and neither the credentials file nor the "
          + "configuration file has it")
    }
    func setting(_ name: String) -> String? { found.lazy.compactMap { $0[name] }.first }
    let access = Self.access(
      environment: value, settings: setting, profile: profile)
    self.init(
      endpoint: value("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") ?? setting("endpoint_url"),
      access: access)
    region = value("AWS_REGION", "AWS_DEFAULT_REGION") ?? setting("region") ?? region
    certificates = value("AWS_CA_BUNDLE") ?? setting("ca_bundle")
  }

  private static func access(
    environment value: (String...) -> String?, settings: (String) -> String?, profile: String
  ) -> Access {
    if let off = value("AWS_NO_SIGN_REQUEST"), ["YES", "TRUE", "1"].contains(off.uppercased()) {
      return .anonymous
    }
    if let key = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") {
      return .signed(
        Credentials(accessKey: key, secretKey: secret, sessionToken: value("AWS_SESSION_TOKEN")))
    }
    if let key = settings("aws_access_key_id"), let secret = settings("aws_secret_access_key") {
      return .signed(
        Credentials(
          accessKey: key, secretKey: secret, sessionToken: settings("aws_session_token")))
    }
    let others = ["sso_session", "sso_start_url", "role_arn", "credential_process"]
    if let other = others.first(where: { settings($0) != nil }) {
      return .missing(
        "the profile '\(profile)' gets its keys by '\(other)', which weft does not do: let "
          + "`aws configure export-credentials --format env` set the variables")
    }
    return .missing(
      "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of the "
        + "shared credentials file by AWS_PROFILE, or set AWS_NO_SIGN_REQUEST=YES for a public bucket"
    )
  }
}
