internal import Synchronization

/// What clients and the loop tell each other; all else the loop has for itself.
final class Mailbox: Sendable {
  /// A message to the loop.
  enum Message {
    case open(Session)
    case fetch(Session, [FetchRequest])
    case close(Session)
  }

  private let messages = Locked<[Message]>([])
  private let ended = Atomic<Bool>(false)
  /// The bytes of images that clients have not yet taken.
  private let held = Atomic<Int>(0)

  func post(_ message: Message) { messages.withLock { $0.append(message) } }

  func take() -> [Message] {
    messages.withLock { waiting in
      let taken = waiting
      waiting = []
      return taken
    }
  }

  func end() { ended.store(true, ordering: .relaxed) }

  var isEnded: Bool { ended.load(ordering: .relaxed) }

  func hold(_ bytes: Int) { held.add(bytes, ordering: .relaxed) }

  func release(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }

  var heldBytes: Int { held.load(ordering: .relaxed) }
}
