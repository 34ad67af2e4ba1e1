public import Documents

extension Reason.Code {
  /// The address is none that can be fetched: not http or https, without a host, or too long.
  public static let invalidAddress = Reason.Code("invalidAddress")
  /// The address names a port of a service that is not HTTP.
  public static let blockedPort = Reason.Code("blockedPort")
  /// The host's addresses are private, local or otherwise special.
  public static let addressRefused = Reason.Code("addressRefused")
  /// The site's robots.txt disallows the address.
  public static let robotsDisallowed = Reason.Code("robotsDisallowed")
  /// The site's robots.txt could not be read, which disallows everything for the time being.
  public static let robotsUnreachable = Reason.Code("robotsUnreachable")
  /// The site says that its images are not for this use; the detail names how.
  public static let optedOut = Reason.Code("optedOut")
  /// The host has no address, or its name servers do not answer.
  public static let dnsFailure = Reason.Code("dnsFailure")
  /// The host takes no connection.
  public static let connectionFailed = Reason.Code("connectionFailed")
  /// The TLS handshake failed.
  public static let tlsFailure = Reason.Code("tlsFailure")
  /// The host's certificate is not valid for it.
  public static let certificateRefused = Reason.Code("certificateRefused")
  /// The host failed so often in a row that it is left alone for a while.
  public static let hostUnreachable = Reason.Code("hostUnreachable")
  /// The host asked to be left alone, for longer than a run waits.
  public static let throttled = Reason.Code("throttled")
  /// The URL took longer than one may.
  public static let deadlineExceeded = Reason.Code("deadlineExceeded")
  /// The partition's time was over before the URL's turn.
  public static let partitionDeadline = Reason.Code("partitionDeadline")
  /// The response came more slowly than one may.
  public static let tooSlow = Reason.Code("tooSlow")
  /// The connection ended before the response did.
  public static let connectionBroken = Reason.Code("connectionBroken")
  /// What came is no HTTP, or not in the coding it claims.
  public static let malformedResponse = Reason.Code("malformedResponse")
  /// The response's head has more bytes than are read.
  public static let headTooLarge = Reason.Code("headTooLarge")
  /// The body has, or claims to have, more bytes than are read.
  public static let bodyTooLarge = Reason.Code("bodyTooLarge")
  /// The status says that the address cannot be had, such as 404; it is what was measured.
  public static let clientErrorStatus = Reason.Code("clientErrorStatus")
  /// The status says that the server failed, such as 500; it is what was measured.
  public static let serverErrorStatus = Reason.Code("serverErrorStatus")
  /// The status is neither an error nor one that brings an image; it is what was measured.
  public static let unexpectedStatus = Reason.Code("unexpectedStatus")
  /// The address leads in a circle of redirects, or through too many of them.
  public static let redirectLoop = Reason.Code("redirectLoop")
  /// A redirect leads to what may not be fetched.
  public static let redirectRefused = Reason.Code("redirectRefused")
  /// The bytes are no image; the detail says what they are.
  public static let notAnImage = Reason.Code("notAnImage")
  /// The image is a drawing (SVG), which has no pixels.
  public static let vectorImage = Reason.Code("vectorImage")
  /// This machine lacked memory or files.
  public static let noResources = Reason.Code("noResources")

  /// Whether the reason may have passed when a later run asks again.
  public var mayPass: Bool { Self.passing.contains(self) || isRetriedAtOnce }

  /// Whether it is worth asking again in the same run, after a while.
  var isRetriedAtOnce: Bool { Self.retried.contains(self) }

  private static let passing: Set<Reason.Code> = [
    .robotsUnreachable, .dnsFailure, .hostUnreachable, .throttled, .deadlineExceeded,
    .partitionDeadline, .tooSlow, .noResources,
  ]

  private static let retried: Set<Reason.Code> = [
    .connectionFailed, .tlsFailure, .connectionBroken, .serverErrorStatus,
  ]
}
