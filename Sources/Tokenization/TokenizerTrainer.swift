internal import CSentencePiece

/// Trains a SentencePiece unigram model with KOSMOS-1's settings.
///
/// Unigram language model of Kudo (arXiv 1804.10959), normalisation `nmt_nfkc`, digits apart from
/// letters, pieces of at most 16 characters, no byte fallback; control pieces `<unk>` 0, `<s>` 1, `</s>`
/// 2. The model's bytes are a function of the lines, the settings and the library's version.
public struct TokenizerTrainer: Sendable {
  /// The number of pieces, the three control pieces included; 64,000 in KOSMOS-1.
  public var pieces: Int

  /// A trainer of models of so many pieces.
  public init(pieces: Int = 64_000) {
    precondition((4...1_000_000).contains(pieces), "a model has from 4 to 1,000,000 pieces")
    self.pieces = pieces
  }

  /// Trains a model on a sample of a corpus's lines and gives its serialised bytes.
  ///
  /// - Throws: ``TokenizerError`` where the sample is too small for the number of pieces, or has more
  ///   characters than there are pieces.
  public func train(_ sample: LineSample) throws(TokenizerError) -> [UInt8] {
    var sample = sample
    return try train(lines: sample.finish())
  }

  /// Trains a model on lines and gives its serialised bytes; the order of the lines matters.
  ///
  /// - Throws: ``TokenizerError`` as ``train(_:)`` does.
  public func train(lines: [String]) throws(TokenizerError) -> [UInt8] {
    try train(lines: lines, settings: [])
  }

  /// Trains a model with some settings, by the library's names, in place of KOSMOS-1's.
  func train(
    lines: [String], settings: [(name: String, value: String)]
  ) throws(TokenizerError) -> [UInt8] {
    // The library ends the process where its normaliser leaves nothing of any line.
    guard lines.contains(where: Self.isTrainable) else {
      throw TokenizerError(
        .corpusTooSmall, "there is no text to train a tokenizer on; give it more documents")
    }
    var text: [UInt8] = []
    var ends: [UInt64] = []
    for line in lines {
      text.append(contentsOf: line.utf8)
      ends.append(UInt64(text.count))
    }
    do throws(LibraryFailure) {
      return try Self.train(text, ends, options + settings)
    } catch { throw explain(error.message) }
  }

  /// The settings, by the names of the library's own trainer.
  private var options: [(name: String, value: String)] {
    [
      ("model_type", "unigram"), ("vocab_size", "\(pieces)"),
      ("normalization_rule_name", "nmt_nfkc"), ("add_dummy_prefix", "true"),
      ("remove_extra_whitespaces", "true"), ("split_by_number", "true"),
      ("split_digits", "false"), ("byte_fallback", "false"), ("max_sentencepiece_length", "16"),
      ("character_coverage", "0.9995"), ("max_sentence_length", "\(LineSample.lineLimit)"),
      ("unk_id", "0"), ("bos_id", "1"), ("eos_id", "2"), ("pad_id", "-1"),
      // Sums of the expectation step are taken by thread: the number is part of the result, whatever
      // the machine has.
      ("num_threads", "4"),
      // Only fatal faults are logged, and those end the process anyway.
      ("minloglevel", "3"),
    ]
  }

  /// Whether the library certainly finds text in a line: it skips lines that hold its own mark for
  /// unknown characters, and its normaliser removes what is neither letter, digit nor sign.
  private static func isTrainable(_ line: String) -> Bool {
    !line.unicodeScalars.contains("\u{2585}")
      && line.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }

  private static func train(
    _ text: [UInt8], _ ends: [UInt64], _ options: [(name: String, value: String)]
  ) throws(LibraryFailure) -> [UInt8] {
    var message = CSentencePiece_Message()
    var model: UnsafeMutablePointer<CChar>?
    var length = 0
    let flat = options.flatMap { [$0.name, $0.value] }
    let trained = withCStrings(flat) { options in
      text.withUnsafeBytes { text in
        CSentencePiece_train(
          text.baseAddress?.assumingMemoryBound(to: CChar.self), ends, ends.count, options,
          flat.count / 2, &model, &length, &message)
      }
    }
    guard trained else { throw LibraryFailure(message) }
    defer { CSentencePiece_release(model) }
    return [UInt8](UnsafeRawBufferPointer(start: model, count: length))
  }

  /// Says in this library's terms why training failed.
  private func explain(_ message: String) -> TokenizerError {
    if message.contains("Vocabulary size too high") {
      let limit = message.split(separator: "<= ").last.flatMap { Int($0.prefix { $0.isNumber }) }
      let most = limit.map { "at most \($0)" } ?? "fewer"
      return TokenizerError(
        .corpusTooSmall,
        "the corpus is too small for a tokenizer of \(pieces) pieces: it supports \(most);"
          + " ask for fewer pieces or give it more documents")
    }
    if message.contains("required_chars") {
      return TokenizerError(
        .vocabularyTooSmall,
        "\(pieces) pieces are too few for the characters of the corpus; ask for more pieces"
          + " (\(message))")
    }
    return TokenizerError(.trainingFailed, "the tokenizer could not be trained: \(message)")
  }
}

/// Calls a function with C strings that live as long as the call.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafePointer<CChar>]) -> Result
) -> Result {
  let bytes = strings.flatMap(\.utf8CString)
  return bytes.withUnsafeBufferPointer { buffer in
    var pointers: [UnsafePointer<CChar>] = []
    var start = 0
    for string in strings {
      if let base = buffer.baseAddress { pointers.append(base + start) }
      start += string.utf8.count + 1
    }
    return body(pointers)
  }
}
