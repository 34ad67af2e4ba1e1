internal import CFetch
internal import Documents
internal import HTTPExchanges

/// One request and what comes of it, judged while it comes: what is not wanted is not read.
final class Transfer {
  /// What a response is wanted for.
  enum Purpose {
    case image
    case robots
  }

  let task: FetchTask
  let purpose: Purpose
  private let configuration: FetchConfiguration
  var handle: OpaquePointer?

  private(set) var head = ResponseHead()
  private(set) var bytes: [UInt8] = []
  private(set) var optOuts: Set<OptOut> = []
  /// Why reading was ended before the end of the response.
  private(set) var stopReason: Reason?
  private(set) var result: TransferResult?
  /// Whether all that is wanted has been read, though more would have come.
  private(set) var hasEnough = false
  private var refused: IPAddress?
  private var wasSniffed = false
  private var discarded = 0

  /// So much of an unwanted body is read to keep the connection for the next request.
  private static let drainedBytes = 16 << 10
  /// The most memory that is taken before the bytes have come.
  private static let reservedBytes: Int64 = 1 << 20

  init(_ task: FetchTask, _ purpose: Purpose, _ configuration: FetchConfiguration) {
    self.task = task
    self.purpose = purpose
    self.configuration = configuration
  }

  func mayConnect(_ address: IPAddress) -> Bool {
    let isAllowed = configuration.addresses.allows(address)
    if !isAllowed { refused = address }
    return isAllowed
  }

  func headerLine(_ line: [UInt8]) -> Bool {
    let wasComplete = head.isComplete
    head.add(line)
    if head.isTooLong {
      stopReason = Reason(.headTooLarge, threshold: Double(ResponseHead.maximumBytes))
    } else if head.isComplete, !wasComplete {
      judgeHead()
    }
    return stopReason == nil
  }

  func body(_ chunk: UnsafeBufferPointer<UInt8>) -> Bool {
    guard head.status == 200 else {
      discarded += chunk.count
      return discarded <= Self.drainedBytes
    }
    if bytes.isEmpty, let length = head.contentLength, length >= chunk.count {
      // What a server claims is believed only so far.
      bytes.reserveCapacity(Int(min(length, Self.reservedBytes)))
    }
    bytes.append(contentsOf: chunk)
    switch purpose {
    case .robots: hasEnough = bytes.count >= RobotsFile.maximumBytes
    case .image: judgeBody()
    }
    return stopReason == nil && !hasEnough
  }

  func end(_ result: TransferResult) { self.result = result }

  /// Why there is no response to judge; `nil` where there is one.
  var fault: Reason? {
    if let stopReason { return stopReason }
    guard let result, result.ending != CFetch_complete, !hasEnough else { return nil }
    // Of a response that brings no image, the head is enough.
    if head.isComplete, head.status != 200 { return nil }
    var fault = result.fault
    if fault.code == .addressRefused { fault.detail = refused.map { "\($0)" } }
    if fault.code == .bodyTooLarge { fault.threshold = Double(configuration.maximumBytes) }
    return fault
  }

  private func judgeHead() {
    guard purpose == .image else { return }
    optOuts = head.optOuts(for: FetchConfiguration.product)
    let obeyed = optOuts.intersection(configuration.respected)
    if !obeyed.isEmpty {
      stopReason = .optedOut(obeyed)
    } else if head.status == 200, let length = head.contentLength,
      length > configuration.maximumBytes
    {
      stopReason = tooLarge(Double(length))
    }
  }

  private func judgeBody() {
    if bytes.count > configuration.maximumBytes {
      stopReason = tooLarge(Double(bytes.count))
    } else if !wasSniffed, bytes.count >= SniffedType.prefixLength {
      wasSniffed = true
      if case .dropped(let reason) = SniffedType(of: bytes).mediaType { stopReason = reason }
    }
  }

  private func tooLarge(_ measured: Double) -> Reason {
    Reason(.bodyTooLarge, measured: measured, threshold: Double(configuration.maximumBytes))
  }
}

extension SniffedType {
  /// The media type of an image of pixels, or why the bytes are none.
  var mediaType: Decision<String> {
    switch self {
    case .image(let type): .kept(type)
    case .vector: .dropped(Reason(.vectorImage))
    case .other(let name): .dropped(Reason(.notAnImage, detail: name))
    }
  }
}

extension Reason {
  /// The reason that opt-outs are, by their names in order.
  static func optedOut(_ optOuts: Set<OptOut>) -> Reason {
    Reason(.optedOut, detail: optOuts.map(\.rawValue).sorted().joined(separator: ", "))
  }
}
