/// The stages of a run, in the order in which data passes them.
public enum StageName: String, Hashable, Sendable, Codable, CaseIterable {
  /// WARC files to an index of their records.
  case read
  /// HTML pages to interleaved documents.
  case extract
  /// Images that the archives lack, from the network.
  case fetch
  /// Image responses to checked images.
  case images
  /// Documents to the signatures that duplicates are found by.
  case signatures
  /// The signatures of all documents to those that agree in a URL, a text, a set of images or a paragraph.
  case match
  /// The signatures of all documents to pairs of near duplicates.
  case compare
  /// What agrees and what is nearly the same to the documents that are duplicates of others.
  case deduplicate
  /// Checked images to how likely each is unsafe.
  case classify
  /// Checked images and redirects to an index of what each image URL leads to.
  case locate
  /// Checked images to pairs that look alike.
  case alike
  /// Images to the number of pages that show each.
  case resolve
  /// Documents and images to the three corpora.
  case curate
  /// The corpora to a sample of their lines.
  case sample
  /// A sample of the corpora to a SentencePiece model.
  case tokenizer
  /// Corpora to token ids.
  case tokenize
  /// Images to the output of the frozen part of the vision encoder.
  case encode
  /// What a run takes from the finished run that it goes on from.
  case base
  /// Files of instructions to token ids.
  case instructions
  /// Tokens and features to packed shards.
  case shard
  /// Shards to the index of each corpus.
  case catalog
  /// Shards to a trained model.
  case train
}
