internal import CFetch
internal import Documents

/// What the engine says of a transfer that has ended.
struct TransferResult {
  let ending: CFetch_Ending
  let message: String
  let httpVersion: Int
  let newConnections: Int
  let wireBytes: Int64
  let timings: FetchedImage.Timings

  init(_ result: CFetch_Result) {
    ending = result.ending
    message = withUnsafeBytes(of: result.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    httpVersion = Int(result.httpVersion)
    newConnections = result.newConnections
    wireBytes = result.wireBytes
    timings = FetchedImage.Timings(
      resolved: .microseconds(result.resolved), connected: .microseconds(result.connected),
      secured: .microseconds(result.secured), firstByte: .microseconds(result.firstByte),
      total: .microseconds(result.total))
  }

  /// The reason that an ending is, of a transfer that gave no response to judge.
  var fault: Reason {
    let code: Reason.Code =
      switch ending {
      case CFetch_unresolved: .dnsFailure
      case CFetch_unconnected: .connectionFailed
      case CFetch_addressRefused: .addressRefused
      case CFetch_handshakeFailed: .tlsFailure
      case CFetch_certificateRefused: .certificateRefused
      case CFetch_timedOut: .deadlineExceeded
      case CFetch_tooSlow: .tooSlow
      case CFetch_tooLarge: .bodyTooLarge
      case CFetch_malformed: .malformedResponse
      case CFetch_noResources: .noResources
      default: .connectionBroken
      }
    return Reason(code, detail: message.isEmpty ? nil : message)
  }

  /// Whether the host could not be spoken to at all.
  var isHostFailure: Bool {
    [CFetch_unresolved, CFetch_unconnected, CFetch_handshakeFailed].contains(ending)
  }
}
