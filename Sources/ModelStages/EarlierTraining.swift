internal import Documents
internal import Pipelines
internal import Storage

/// What training of another pipeline or other shards left in a run directory.
///
/// Its checkpoints cannot be gone on from, but may have cost weeks: they are given another name and
/// never removed.
struct EarlierTraining {
  let directory: RunDirectory
  let key: Digest

  /// The name of the file that tells which training the checkpoints are of.
  static let keyFile = "\(RunDirectory.checkpoints)/training.key"

  private var keyFile: String { directory.path(Self.keyFile) }

  /// Renames the checkpoints and metrics of another training, and marks the directory as this one's.
  func setAside() throws {
    let folder = directory.path(RunDirectory.checkpoints)
    if Directory.isDirectory(folder) {
      let text = FileSystem.isFile(keyFile) ? try FileSystem.readText(keyFile, limit: 1024) : ""
      let earlier = text.split(separator: "\n").first.map(String.init) ?? "unknown"
      if earlier == key.description { return }
      for name in [RunDirectory.checkpoints, RunDirectory.metrics] {
        let path = directory.path(name)
        if Directory.isDirectory(path) {
          try FileSystem.rename(path, to: unusedName("\(path)-\(earlier.prefix(8))"))
        }
      }
    }
    try AtomicFile.write(key.description + "\n", to: keyFile)
  }

  private func unusedName(_ wanted: String) -> String {
    var name = wanted
    var number = 1
    while Directory.isDirectory(name) {
      number += 1
      name = "\(wanted)-\(number)"
    }
    return name
  }
}
