internal import Curation
public import Documents
internal import Foundation
internal import Sharding
internal import Storage

/// A search for words in the documents or pairs of a corpus, a stretch at a time.
///
/// There is no index to build and nothing is written: the archives of the corpus are read from the place
/// where the stretch before ended, until enough was found or the time is over.
public struct CorpusSearch: Sendable {
  /// Where a stretch begins: an archive of the corpus and a sample in it.
  public struct Place: Hashable, Sendable {
    /// The number of the archive.
    public var part: Int
    /// The number of the sample in it.
    public var sample: Int

    /// Names a place.
    public init(part: Int = 0, sample: Int = 0) {
      self.part = part
      self.sample = sample
    }
  }

  /// Something that has all the words.
  public struct Hit: Hashable, Sendable {
    /// The document.
    public var document: DocumentID
    /// Its URL.
    public var url: String
    /// Its title, of a document.
    public var title: String?
    /// The image, of a pair.
    public var image: Digest?
    /// The text before the word that was found first, that word, and the text after it.
    public var excerpt: [String]
  }

  /// What a stretch found.
  public struct Stretch: Hashable, Sendable {
    /// What has all the words.
    public var hits: [Hit] = []
    /// How many documents or pairs were looked through.
    public var seen = 0
    /// Where to go on; `nil` where all was looked through.
    public var next: Place?
  }

  /// The corpus.
  public var corpus: Corpus
  /// The words, all of which must be found; upper and lower case are the same.
  public var words: [String]
  /// The most hits of a stretch.
  public var limit = 20
  /// The longest time of a stretch.
  public var time: Duration = .milliseconds(800)

  /// Prepares a search for the words of a text.
  public init(_ corpus: Corpus, for text: String) {
    self.corpus = corpus
    words = text.split(whereSeparator: \.isWhitespace).prefix(16).map { $0.lowercased() }
  }
}

extension InspectedRun {
  /// Searches a stretch of a corpus.
  ///
  /// - Throws: `ShardingError` where an archive is damaged, ``InspectionError`` where a document is.
  public func search(
    _ search: CorpusSearch, from start: CorpusSearch.Place = CorpusSearch.Place()
  ) throws -> CorpusSearch.Stretch {
    var stretch = CorpusSearch.Stretch()
    let deadline = ContinuousClock.now + search.time
    let test = WordTest(search.words)
    var part = start.part
    while true {
      let path = directory.path(RunDirectory.corpus(search.corpus, part))
      guard FileSystem.isFile(path) else { return stretch }
      var reader = try SampleReader(path: path)
      var number = 0
      while let sample = try reader.next() {
        defer { number += 1 }
        if part == start.part && number < start.sample { continue }
        // A look at the clock before each sample bounds a stretch by the time of one document.
        if stretch.hits.count >= search.limit || ContinuousClock.now > deadline {
          stretch.next = CorpusSearch.Place(part: part, sample: number)
          return stretch
        }
        stretch.seen += 1
        guard let entry = sample["json"] else { continue }
        let json = reader.bytes(of: entry)
        guard test.mayMatch(json) else { continue }
        let found = CorpusSample(key: sample.key, path: path, files: [("json", json)])
        if let hit = try search.hit(found, test) { stretch.hits.append(hit) }
      }
      part += 1
    }
  }
}

extension CorpusSearch {
  fileprivate func hit(_ sample: CorpusSample, _ test: WordTest) throws -> Hit? {
    if corpus == .pairs {
      let pair = try sample.value(ImageTextPair.self)
      return test.excerpt(of: pair.caption).map {
        Hit(
          document: pair.document, url: pair.page, image: pair.image.resolved?.digest, excerpt: $0)
      }
    }
    let document = try sample.value(InterleavedDocument.self)
    let text = [document.title, document.text].compactMap(\.self).joined(separator: "\n")
    return test.excerpt(of: text).map {
      Hit(document: document.id, url: document.url, title: document.title, excerpt: $0)
    }
  }
}
