internal import CSentencePiece

/// A loaded model of the SentencePiece library; its ids are the library's own.
///
/// The library's encoder and decoder change nothing in the model, so that any number of threads may
/// use it at once.
final class SentencePieceModel: Sendable {
  private nonisolated(unsafe) let handle: OpaquePointer

  init(bytes: [UInt8]) throws(LibraryFailure) {
    var message = CSentencePiece_Message()
    let handle = bytes.withUnsafeBytes {
      CSentencePiece_load($0.baseAddress, $0.count, &message)
    }
    guard let handle else { throw LibraryFailure(message) }
    self.handle = handle
  }

  deinit { CSentencePiece_free(handle) }

  var size: Int { Int(CSentencePiece_size(handle)) }

  func piece(_ id: Int32) -> String {
    precondition((0..<Int32(size)).contains(id), "a piece of the model")
    var count = 0
    let start = CSentencePiece_piece(handle, id, &count)
    return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func encode(_ text: String) -> [Int32] { encode(bytes: Array(text.utf8)) }

  func encode(bytes: [UInt8]) -> [Int32] {
    bytes.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return copyArray { ids, count, message in
        CSentencePiece_encode(handle, start, bytes.count, &ids, &count, &message)
      }
    }
  }

  func encodePieces(_ text: String) -> [CSentencePiece_Piece] {
    var text = text
    return text.withUTF8 { utf8 in
      precondition(utf8.count <= UInt32.max, "a text below 4 GiB")
      return utf8.withMemoryRebound(to: CChar.self) { bytes in
        copyArray { pieces, count, message in
          CSentencePiece_encodePieces(
            handle, bytes.baseAddress, bytes.count, &pieces, &count, &message)
        }
      }
    }
  }

  func decode(_ ids: [Int32]) -> String {
    let size = Int32(size)
    precondition(ids.allSatisfy { $0 >= 0 && $0 < size }, "pieces of the model")
    let bytes: [CChar] = ids.withUnsafeBufferPointer { ids in
      copyArray { text, count, message in
        CSentencePiece_decode(handle, ids.baseAddress, ids.count, &text, &count, &message)
      }
    }
    return bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

/// Copies and releases an array that a function of C allocates.
func copyArray<Element: BitwiseCopyable>(
  _ fill: (inout UnsafeMutablePointer<Element>?, inout Int, inout CSentencePiece_Message) -> Bool
) -> [Element] {
  var start: UnsafeMutablePointer<Element>?
  var count = 0
  var message = CSentencePiece_Message()
  guard fill(&start, &count, &message) else {
    // A model that loaded encodes any text: only memory can be wanting, and then all else fails too.
    fatalError("SentencePiece failed: \(LibraryFailure(message).message)")
  }
  defer { CSentencePiece_release(start) }
  return Array(UnsafeBufferPointer(start: start, count: count))
}

/// What the library says of a failure.
struct LibraryFailure: Error {
  var message: String

  init(_ message: CSentencePiece_Message) {
    var text = message.text
    self.message = withUnsafeBytes(of: &text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
