internal import Documents
internal import Foundation
internal import Hashing
internal import Storage

/// New files beside the old ones, which take their places all or not at all.
///
/// They are written under `work/forget/new`. Once all are there and synced, `work/forget/journal.json`
/// is written: from then on the new state counts, and whoever comes next finishes what is left of the
/// renames. Without the journal the old state counts, and the new files are thrown away.
final class StagedFiles {
  /// What is left to do: the files that are renamed, removed and merged into the ledger.
  struct Journal: Codable {
    var format = "weft-forget-journal"
    var version = 1
    /// The files that have new ones, in the order in which they are renamed.
    var replaced: [String]
    /// The files that go.
    var removed: [String]
    /// The manifests whose rows the ledger takes anew.
    var manifests: [String]
  }

  private static let folder = "work/forget"
  private static let journal = RunDirectory.forgetJournal

  /// The run.
  let directory: RunDirectory
  /// The digests of each file before and after.
  private(set) var files: [ForgottenRecord.File] = []
  private var places: [String: Int] = [:]
  /// The sizes of the new files.
  private(set) var sizes: [String: Int64] = [:]
  private var manifests: [String] = []
  private var others: [String] = []

  /// Begins, and throws away what a killed process left.
  init(_ directory: RunDirectory) throws {
    self.directory = directory
    try Directory.remove(directory.path(Self.folder))
  }

  /// What holds the new files under the names that they have in the run.
  var new: RunDirectory { RunDirectory(directory.path("\(Self.folder)/new")) }

  /// Where the new file of a name is written.
  func path(_ relative: String) -> String { new.path(relative) }

  /// Notes that a new file was written.
  func add(_ relative: String) throws {
    places[relative] = files.count
    files.append(
      .init(
        path: relative, before: try Digest(ofFile: directory.path(relative)),
        after: try Digest(ofFile: path(relative))))
    sizes[relative] = FileSystem.size(path(relative))
  }

  /// Notes that a file goes.
  func remove(_ relative: String) throws {
    places[relative] = files.count
    files.append(
      .init(path: relative, before: try Digest(ofFile: directory.path(relative)), after: nil))
  }

  /// Notes a new manifest.
  func add(manifest relative: String) { manifests.append(relative) }

  /// Notes a new file of which there was none.
  func add(record relative: String) { others.append(relative) }

  /// What becomes of a file; `nil` where it stays as it is.
  func file(_ relative: String) -> ForgottenRecord.File? { places[relative].map { files[$0] } }

  /// Lets the new state count.
  ///
  /// What comes after can be done by anybody, any number of times.
  func commit() throws {
    let journal = Journal(
      // The record first: as soon as anything is changed, it is known what stays out.
      replaced: others + files.filter { $0.after != nil }.map(\.path) + manifests,
      removed: files.filter { $0.after == nil }.map(\.path), manifests: manifests)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(encoder.encode(journal)), to: directory.path(Self.journal))
  }

  /// Throws the new files away.
  func discard() throws { try Directory.remove(directory.path(Self.folder)) }

  /// Whether a run is between the old state and the new one.
  static func isUnfinished(_ directory: RunDirectory) -> Bool {
    FileSystem.isFile(directory.path(journal))
  }

  /// What is left to do in a run; `nil` where nothing is.
  static func unfinished(_ directory: RunDirectory) throws -> Journal? {
    guard isUnfinished(directory) else { return nil }
    let path = directory.path(journal)
    let bytes = try FileSystem.read(path)
    guard let found = try? JSONDecoder().decode(Journal.self, from: Data(bytes)),
      found.format == "weft-forget-journal", found.version == 1
    else {
      throw RunError(
        .damaged, "'\(path)' is damaged or of another weft; finish with the weft that wrote it")
    }
    return found
  }

  /// Renames and removes what a journal says.
  ///
  /// - Parameter step: Called before each change, for tests.
  static func finishFiles(
    _ journal: Journal, in directory: RunDirectory, step: (String) throws -> Void
  ) throws {
    for relative in journal.replaced {
      let staged = directory.path("\(folder)/new/\(relative)")
      guard FileSystem.isFile(staged) else { continue }
      try step("rename \(relative)")
      let target = directory.path(relative)
      let slash = target.lastIndex(of: "/") ?? target.startIndex
      try Directory.make(String(target[..<slash]))
      try FileSystem.rename(staged, to: target)
      try Directory.sync(String(target[..<slash]))
    }
    for relative in journal.removed {
      try step("remove \(relative)")
      try FileSystem.remove(directory.path(relative))
    }
  }

  /// Forgets the journal, once the ledger has the new rows too.
  static func end(_ directory: RunDirectory) throws {
    try FileSystem.remove(directory.path(journal))
    try Directory.remove(directory.path(folder))
  }
}
