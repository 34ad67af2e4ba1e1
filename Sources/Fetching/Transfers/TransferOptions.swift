internal import CFetch
internal import HTTPExchanges

/// What a transfer is started with.
struct TransferOptions {
  var url: String
  var userAgent: String
  var accept: String
  var resolution: String?
  var certificates: String?
  var total: Duration
  var connect: Duration
  var slowBytes: Int
  var slowSeconds: Int
  var maximumBytes: Int

  /// Calls a function with the request in the form of C.
  func withRequest<Value>(_ body: (CFetch_Request) -> Value) -> Value {
    withText(url) { url in
      withText(userAgent) { userAgent in
        withText(accept) { accept in
          withOptionalText(resolution) { resolution in
            withOptionalText(certificates) { certificates in
              body(
                CFetch_Request(
                  url: url, userAgent: userAgent, accept: accept, resolution: resolution,
                  certificates: certificates, totalMilliseconds: max(1, total.milliseconds),
                  connectMilliseconds: max(1, connect.milliseconds), slowBytes: slowBytes,
                  slowSeconds: slowSeconds, maximumBytes: Int64(maximumBytes)))
            }
          }
        }
      }
    }
  }

  private func withText<Value>(_ text: String, _ body: (UnsafePointer<CChar>) -> Value) -> Value {
    text.withCString(body)
  }

  private func withOptionalText<Value>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Value
  ) -> Value {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }
}
