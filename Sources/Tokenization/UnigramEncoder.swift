internal import CSentencePiece

/// An encoder of a unigram model that gives the ids of the SentencePiece library, faster.
///
/// It normalises by the model's table and finds the best pieces with the library's own arithmetic, so
/// that ties fall the same way. It changes nothing once made: any number of threads may use it at once.
final class UnigramEncoder: Sendable {
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Makes an encoder of a model that ``ModelCheck`` finds sound.
  init(_ model: UnigramModel) {
    let handle = model.withParts { pieces, normalization in
      CSentencePiece_makeUnigram(&pieces, &normalization)
    }
    // Only memory can be wanting, and then all else fails too.
    guard let handle else { fatalError("there is no memory for an encoder") }
    self.handle = handle
  }

  deinit { CSentencePiece_freeUnigram(handle) }

  /// The ids of the pieces of a text.
  func encode(_ text: String) -> [Int32] {
    var text = text
    return text.withUTF8 { utf8 in encode(UnsafeRawBufferPointer(utf8)) }
  }

  /// The ids of the pieces of any bytes; what is malformed in them counts as U+FFFD.
  func encode(_ bytes: UnsafeRawBufferPointer) -> [Int32] {
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    return copyArray { ids, count, message in
      CSentencePiece_encodeUnigram(handle, start, bytes.count, &ids, &count, &message)
    }
  }
}

extension UnigramModel {
  /// Lends the model's parts to C for the time of a call.
  fileprivate func withParts<Result>(
    _ body: (inout CSentencePiece_Pieces, inout CSentencePiece_Normalization) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        scores.withUnsafeBufferPointer { scores in
          kinds.withUnsafeBufferPointer { kinds in
            characterMap.withUnsafeBufferPointer { table in
              guard let text = bytes.baseAddress, let ends = ends.baseAddress,
                let scores = scores.baseAddress, let kindsStart = kinds.baseAddress
              else { preconditionFailure("a model has pieces") }
              var pieces = CSentencePiece_Pieces(
                bytes: text, ends: ends, scores: scores, kinds: kindsStart, count: kinds.count)
              var normalization = CSentencePiece_Normalization(
                table: table.baseAddress, tableSize: table.count,
                addsDummyPrefix: addsDummyPrefix,
                removesExtraWhitespaces: removesExtraWhitespaces,
                escapesWhitespaces: escapesWhitespaces,
                treatsWhitespaceAsSuffix: treatsWhitespaceAsSuffix)
              return body(&pieces, &normalization)
            }
          }
        }
      }
    }
  }
}
