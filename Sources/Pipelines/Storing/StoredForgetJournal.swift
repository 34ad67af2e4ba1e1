internal import Documents
internal import Foundation

/// A forgetting in a store that is decided: from its writing on the new state counts, and whoever has the run next
/// does what is left of it.
struct StoredForgetJournal: Codable {
  static let name = RunDirectory.forgetJournal

  var format = "weft-stored-forgetting"
  var version = 1
  /// What was forgotten.
  var record: ForgottenRecord
  /// The partitions without it, whose outputs are all there.
  var commits: [PartitionCommit]

  init(record: ForgottenRecord, commits: [PartitionCommit]) {
    self.record = record
    self.commits = commits
  }

  /// Reads what is left to do in a run; `nil` where nothing is.
  init?(in store: any RunStore) throws {
    guard let bytes = try store.read(Self.name) else { return nil }
    guard let found = try? JSONDecoder().decode(StoredForgetJournal.self, from: Data(bytes)),
      found.format == "weft-stored-forgetting", found.version == 1
    else {
      throw RunError(
        .damaged,
        "'\(store.address)/\(Self.name)' is damaged or of another weft; finish with the weft that wrote it"
      )
    }
    self = found
  }
}

extension RunMirror {
  /// Publishes a forgetting: the record of it, and the partitions that were rewritten here.
  func publish(_ record: ForgottenRecord, _ manifests: [PartitionManifest]) throws {
    let journal = StoredForgetJournal(record: record, commits: try manifests.map(uploaded))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(journal))
    try check()
    try store.write(bytes, as: StoredForgetJournal.name)
    try settle(journal)
    try tidy(after: journal)
  }

  /// Lets the new state be that of the run; can be done any number of times.
  func settle(_ journal: StoredForgetJournal) throws {
    try check()
    // The record first: as soon as anything is changed, it is known what stays out.
    try store.write(journal.record.json, as: journal.record.name)
    for commit in journal.commits { try establish(commit) }
    // It holds what was forgotten; whoever has the run writes another when it ends.
    try remove(RunDirectory.ledger)
  }

  /// Removes what held the old state, and the journal.
  func tidy(after journal: StoredForgetJournal) throws {
    for stage in Set(journal.commits.map(\.manifest.stage)) { try removeUnused(of: stage) }
    try remove(StoredForgetJournal.name)
  }
}
