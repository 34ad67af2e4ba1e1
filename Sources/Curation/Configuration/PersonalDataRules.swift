/// Which personal data are masked in texts; an edit, not a reason to drop anything.
public struct PersonalDataRules: Hashable, Sendable {
  /// Whether e-mail addresses are masked; off by default.
  public var emails = false
  /// Whether public IPv4 addresses are masked; off by default.
  public var publicIPs = false

  /// Makes rules that are off.
  public init() {}

  /// Whether anything is masked.
  var isOn: Bool { emails || publicIPs }
}

extension PersonalDataRules: Codable {
  private enum CodingKeys: String, CodingKey { case emails, publicIPs }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&emails, .emails)
    try container.read(&publicIPs, .publicIPs)
  }
}
