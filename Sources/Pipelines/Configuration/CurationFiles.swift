internal import Curation
internal import Documents
internal import Hashing
internal import Storage

/// The files that the rules of curation name.
struct CurationFiles {
  /// What they hold.
  private(set) var lists = CurationLists()
  /// The digests of their bytes.
  private(set) var digests: [Digest] = []

  /// The largest list that is read, in bytes.
  private static let maximumBytes = 256 << 20

  /// Reads the files.
  ///
  /// - Parameter pipeline: The pipeline file, which an error names.
  /// - Throws: ``ConfigurationError`` where one is missing or has a line that cannot be meant.
  init(_ rules: CurationConfiguration, pipeline: String) throws {
    let place = { (key: String, message: String) in
      ConfigurationError(file: pipeline, key: "curate." + key, message: message)
    }
    func text(_ path: String, _ key: String, _ lines: String) throws -> String {
      guard FileSystem.isFile(path) else {
        throw place(
          key,
          "there is no file '\(path)'; the path is relative to the current directory, and the file "
            + "has \(lines) a line")
      }
      let bytes = try FileSystem.read(path, limit: Self.maximumBytes)
      digests.append(Digest(of: bytes))
      return String(decoding: bytes, as: UTF8.self)
    }
    if let path = rules.blockList {
      let list = try text(path, "blockList", "a domain or the beginning of a URL")
      do {
        lists.blockList = try BlockList(parsing: list)
      } catch {
        throw ConfigurationError(file: path, line: error.line, message: error.message)
      }
    }
    if let path = rules.flaggedWords {
      lists.flaggedWords = CurationLists.words(parsing: try text(path, "flaggedWords", "a word"))
    }
  }
}
